import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { after, test } from 'node:test';
import { listenerNames } from '#platform/http/site.ts';
import { type Answer, assertDecent, assertProtected } from '../support/bad-input/assert-decent.ts';
import { addressOf, entrances, nameOf, type Telling } from '../support/bad-input/entrances.ts';
import { countRows } from '../support/bad-input/state-rows.ts';
import { sendRaw } from '../support/raw-request.ts';
import { startTestServer } from '../support/start-test-server.ts';

const server = await startTestServer({ after });
const issuer = `${server.urls.connect}/auth/realms/esante-wallet`;

interface Route {
  what: string;
  url: URL;
  path: string;
}

/** Addresses of pages and interfaces that are read. */
const readRoutes: Route[] = [...server.apps].flatMap(([listener, { routes }]) =>
  routes
    .filter(({ method, path }) => method === 'GET' && !path.startsWith('/assets'))
    .map(({ path }) => {
      const address = addressOf({
        listener,
        method: 'POST',
        path,
        takes: 'nothing',
        tells: 'page',
        fields: [],
      });
      return { what: `${listener} ${path}`, path, url: new URL(address, server.urls[listener]) };
    }),
);

async function ask(url: string | URL, method: string): Promise<Answer> {
  const { origin } = new URL(url);
  const headers = { origin, 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(url, { method, headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const tellingOf = ({ path }: Route): Telling => {
  if (path.startsWith('/fhir/')) return 'fhir';
  return path.startsWith('/api/') ? 'problem' : 'page';
};

test('HEAD is answered as GET is, without a body, by every route', async () => {
  const others = ['/.well-known/openid-configuration', '/protocol/openid-connect/certs'];
  const urls = [...readRoutes.map(({ url }) => url), ...others.map((path) => new URL(issuer + path))];
  for (const url of [...urls, new URL('/auth?client_id=hygie-demo&response_type=code', server.urls.wallet)]) {
    const [head, get] = [await ask(url, 'HEAD'), await ask(url, 'GET')];
    assert.equal(head.text, '', url.href);
    assert.equal(head.status, get.status, url.href);
    assert.equal(head.headers.get('content-type'), get.headers.get('content-type'), url.href);
    assertProtected(head.headers, url.href);
  }
});

test('a method that an address has not is refused, whatever the address', async () => {
  const rows = countRows(server.dataDir);
  for (const route of readRoutes.filter(({ path }) => !path.startsWith('/auth/realms'))) {
    for (const method of ['PUT', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      const answer = await ask(route.url, method);
      assertDecent(answer, tellingOf(route), `${method} ${route.what}`);
      assert.equal(answer.status, route.path.startsWith('/fhir/') ? 405 : 404, `${method} ${route.what}`);
      if (answer.status === 405) assert.match(answer.headers.get('allow') ?? '', /^GET, HEAD/, route.what);
    }
  }
  assert.deepEqual(countRows(server.dataDir), rows);
});

test('below the issuer a wrong method is told as OAuth tells errors, with the right ones', async () => {
  for (const entrance of entrances.filter(({ listener }) => listener === 'connect')) {
    for (const method of ['PUT', 'DELETE', 'OPTIONS']) {
      const answer = await ask(new URL(addressOf(entrance), server.urls.connect), method);
      assertDecent(answer, 'oauth', `${method} ${nameOf(entrance)}`);
      assert.equal(answer.status, 405, `${method} ${nameOf(entrance)}`);
      assert.match(answer.headers.get('allow') ?? '', /POST$/, nameOf(entrance));
    }
  }
  const discovery = await ask(`${issuer}/.well-known/openid-configuration`, 'POST');
  assert.deepEqual([discovery.status, discovery.headers.get('allow')], [405, 'GET, HEAD']);
});

test('the card listener answers every method but a reader’s with the way back, and says nothing else', async () => {
  const { hostname, port } = new URL(server.urls.card);
  const { request } = await import('node:https');
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const location = await new Promise<string | undefined>((resolve, reject) => {
      const options = { hostname, port, path: `/${'a'.repeat(32)}`, method, rejectUnauthorized: false };
      const sent = request({ ...options, agent: false }, (answer) => {
        answer.resume();
        assert.equal(answer.statusCode, 303, method);
        resolve(answer.headers.location);
      });
      sent.on('error', reject).end();
    });
    assert.equal(location, `${server.urls.wallet}/connexion/carte/expiree`, method);
  }
});

const plain = listenerNames.filter((name) => name !== 'card' && name !== 'mtls');

test('targets that are no paths, and paths that are no text, lead nowhere else', async () => {
  for (const name of plain) {
    const host = `Host: ${new URL(server.urls[name]).host}`;
    const targets = [
      '//evil.example/',
      'http://evil.example/',
      '/%',
      '/%00',
      '/%E0%A4%A',
      '/..%2f..%2fetc/passwd',
    ];
    for (const target of targets) {
      const { status, headers, text } = await sendRaw(server.urls[name], `GET ${target}`, [host]);
      assert.ok(status < 500, `${name} ${target}: ${status}`);
      assert.doesNotMatch(text, /evil\.example|passwd/, `${name} ${target}`);
      assertProtected(headers, `${name} ${target}`);
    }
    assert.equal((await sendRaw(server.urls[name], 'OPTIONS *', [host])).status, 400, name);
    assert.equal(
      (await sendRaw(server.urls[name], 'TRACE /', [host, 'Sec-Fetch-Site: same-origin'])).status,
      404,
      name,
    );
  }
});

test('addresses, headers and cookies that are too long are refused before anything reads them', async () => {
  const long = 'x'.repeat(20_000);
  for (const name of plain) {
    const host = `Host: ${new URL(server.urls[name]).host}`;
    const tries: [string, string[]][] = [
      [`GET /${long}`, [host]],
      ['GET /', [host, `Cookie: a=${long}`]],
      ['GET /', [host, `X-Long: ${long}`]],
    ];
    for (const [firstLine, headers] of tries)
      assert.equal((await sendRaw(server.urls[name], firstLine, headers)).status, 431, name);
  }
});

test('two lengths of one body are refused: none of a second request is smuggled in', async () => {
  for (const name of plain) {
    const headers = [
      `Host: ${new URL(server.urls[name]).host}`,
      'Content-Length: 4',
      'Transfer-Encoding: chunked',
    ];
    assert.equal((await sendRaw(server.urls[name], 'POST /', headers)).status, 400, name);
  }
});

test('cookies of no sense are as if there were none', async () => {
  const names = ['session', 'removal', 'repair', 'lang', 'browser', 'phone', 'method', 'login_aaaaaaaa'];
  for (const route of readRoutes) {
    const listener = route.what.split(' ')[0] ?? '';
    for (const value of ['%00', '%E0%A4%A', 'x'.repeat(1000), '__proto__', '"']) {
      const cookie = names.map((name) => `${listener}_${name}=${value}`).join('; ');
      const answer = await fetch(route.url, { headers: { cookie }, redirect: 'manual' });
      assert.ok(answer.status < 500, `${route.what} ${value}: ${answer.status}`);
      await answer.body?.cancel();
    }
  }
});

test('a client that is slow to send its headers or its body is cut off', async (t) => {
  const servers = new Set<Server>();
  const note = (message: unknown) => void servers.add((message as { server: Server }).server);
  subscribe('http.server.request.start', note);
  t.after(() => unsubscribe('http.server.request.start', note));
  for (const name of plain) await ask(server.urls[name], 'GET');
  assert.equal(servers.size, plain.length);
  for (const { headersTimeout, requestTimeout, keepAliveTimeout } of servers) {
    assert.ok(headersTimeout > 0 && headersTimeout <= 20_000, `headers ${headersTimeout}`);
    assert.ok(requestTimeout > 0 && requestTimeout <= 60_000, `request ${requestTimeout}`);
    assert.ok(keepAliveTimeout > 0 && keepAliveTimeout <= 10_000, `idle ${keepAliveTimeout}`);
  }
});

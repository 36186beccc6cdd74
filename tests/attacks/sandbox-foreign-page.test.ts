import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { sendRaw } from '../support/raw-request.ts';
import { openSandboxSite } from '../support/sandbox-site.ts';

const foreign = { origin: 'http://evil.example' };

test('a page of another site can neither read nor drive the API', async (t) => {
  const site = await openSandboxSite(t);
  const send = (path: string, init: RequestInit) => fetch(new URL(path, site.url), init);
  const json = { ...foreign, 'content-type': 'application/json' };
  const answers = [
    await send('/api/personas', { headers: foreign }),
    await send('/api/reset', { method: 'POST', headers: foreign }),
    await send('/api/mails', { method: 'DELETE', headers: foreign }),
    await send('/api/clock', { method: 'POST', headers: json, body: '{"advanceMs":1000}' }),
    await send('/api/clock', {
      method: 'POST',
      headers: { ...json, origin: 'null' },
      body: '{"advanceMs":1}',
    }),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 403);
    assert.match(answer.headers.get('content-type') ?? '', /problem\+json/);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  assert.equal(site.clock.aheadMs, 0);
});

test('the sandbox’s own pages may call it', async (t) => {
  const site = await openSandboxSite(t);
  const answer = await fetch(new URL('/api/clock', site.url), { headers: { origin: site.url.origin } });
  assert.equal(answer.status, 200);
});

test('a body that a form can send is refused', async (t) => {
  const site = await openSandboxSite(t);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json-seq']) {
    const answer = await fetch(new URL('/api/clock', site.url), {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"advanceMs":1000}',
    });
    assert.equal(answer.status, 415, type);
  }
  assert.equal(site.clock.aheadMs, 0);
});

test('a page asks in vain whether it may: no preflight is granted, whatever it wants to send', async (t) => {
  const site = await openSandboxSite(t);
  for (const path of ['/api/reset', '/api/clock', '/api/mails', '/api/personas', '/remise-a-zero'])
    for (const headers of [foreign, { origin: 'null' }, { origin: 'http://localhost:3000' }, {}]) {
      const asked = {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
        'access-control-request-private-network': 'true',
      };
      const init = { method: 'OPTIONS', headers: { ...headers, ...asked } };
      const answer = await fetch(new URL(path, site.url), init);
      for (const [name] of answer.headers) assert.doesNotMatch(name, /^access-control-/, path);
      assert.ok(answer.status >= 400, `${path} ${answer.status}`);
    }
});

test('no other port and no other name of this machine is the sandbox’s own page', async (t) => {
  const site = await openSandboxSite(t);
  const { port, host } = site.url;
  for (const origin of [
    'http://localhost:3000',
    'http://localhost',
    `https://${host}`,
    `http://127.0.0.1:${port}`,
    `http://${host}.evil.example`,
    `http://evil.localhost:${port}`,
    `http://${host}/`,
    `${site.url.origin}, http://evil.example`,
  ]) {
    const answer = await fetch(new URL('/api/reset', site.url), { method: 'POST', headers: { origin } });
    assert.equal(answer.status, 403, origin);
  }
});

test('an address that is opened changes nothing: no image, link or script of a page drives the API', async (t) => {
  const site = await openSandboxSite(t);
  const before = await (await fetch(new URL('/api/personas', site.url))).text();
  await fetch(new URL('/api/clock', site.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"advanceMs":1000}',
  });
  for (const path of [
    '/api/clock?advanceMs=5000',
    '/api/clock?_method=POST&advanceMs=5000',
    '/api/reset',
    '/api/cards/revoke?persona=infirmiere-adeli',
    '/api/sign-in?persona=infirmiere-adeli',
    '/api/ecps?persona=infirmiere-adeli&behaviour=approve',
    '/horloge?advance=5000',
    '/remise-a-zero',
    '/personne?persona=infirmiere-adeli',
  ])
    for (const method of ['GET', 'HEAD']) {
      const headers = { 'x-http-method-override': 'POST', 'sec-fetch-site': 'cross-site' };
      await fetch(new URL(path, site.url), { method, headers });
      assert.equal(site.clock.aheadMs, 1000, path);
    }
  assert.equal(await (await fetch(new URL('/api/personas', site.url))).text(), before);
});

test('what a script element could load is no script', async (t) => {
  const site = await openSandboxSite(t);
  for (const path of ['/api/personas', '/api/mails', '/api/clients', '/api/clock']) {
    const { headers } = await fetch(new URL(path, site.url), { headers: { 'sec-fetch-dest': 'script' } });
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
});

test('a connection is not made into a WebSocket', async (t) => {
  const site = await openSandboxSite(t);
  for (const origin of [[], ['Origin: http://evil.example']]) {
    const { status } = await sendRaw(site.url.href, 'GET /api/personas', [
      `Host: ${site.url.host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...origin,
    ]);
    assert.ok([200, 403].includes(status), String(status));
  }
});

test('a name that is pointed at this machine reaches no path, by any method', async (t) => {
  const site = await openSandboxSite(t);
  for (const host of ['evil.example', `evil.example:${site.url.port}`, '169.254.169.254', '0.0.0.0'])
    for (const first of [
      'GET /api/personas',
      'POST /api/reset',
      'DELETE /api/mails',
      'OPTIONS /api/reset',
      'GET /',
    ]) {
      const answer = await sendRaw(site.url.href, first, [`Host: ${host}`, `Origin: http://${host}`]);
      assert.equal(answer.status, 421, `${host} ${first}`);
    }
});

test('a form of another site cannot choose a person, take a card out, or reset', async (t) => {
  const site = await openSandboxSite(t);
  for (const path of [
    '/personne',
    '/carte/retirer',
    '/horloge',
    '/remise-a-zero',
    `/lecteur/${'a'.repeat(32)}/carte`,
  ]) {
    const answer = await fetch(new URL(path, site.url), {
      method: 'POST',
      headers: { ...foreign, 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ persona: 'infirmiere-adeli', advance: '86400000' }),
    });
    assert.equal(answer.status, 403, path);
  }
  assert.equal(site.clock.aheadMs, 0);
});

test('a name that somebody points at this machine is not served', async (t) => {
  const site = await openSandboxSite(t);
  const status = await new Promise((resolve, reject) => {
    const options = { port: site.url.port, path: '/api/personas', headers: { host: 'evil.example' } };
    const sent = request(options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
  assert.equal(status, 421);
});

test('an attempt that is no host label never reaches the card listener’s address', async (t) => {
  const site = await openSandboxSite(t);
  for (const attempt of [
    '..%2f..%2fevil',
    '%40evil.example',
    'A'.repeat(32),
    'a',
    `${'a'.repeat(32)}%0d%0a`,
  ]) {
    assert.equal((await fetch(new URL(`/lecteur/${attempt}`, site.url))).status, 404, attempt);
  }
});

import assert from 'node:assert/strict';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { test } from 'node:test';
import { listenerNames } from '#platform/http/site.ts';
import { sendRaw } from '../support/raw-request.ts';
import { startTestServer } from '../support/start-test-server.ts';

interface Answer {
  status: number;
  text: string;
  location: string;
}

/** `node:http` rather than fetch: it sends the `Host` that it is told. */
function send(url: string, headers: Record<string, string>): Promise<Answer> {
  const request = url.startsWith('https:') ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false, rejectUnauthorized: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location ?? '' }),
      );
    });
    sent.on('error', reject).end();
  });
}

const foreignHosts = ['evil.example', 'localhost.evil.example', 'evil.example:80', 'localhost@evil.example'];

test('every listener of a sandbox refuses a host that is not its own, whatever is asked', async (t) => {
  const { urls } = await startTestServer(t);
  for (const name of listenerNames) {
    for (const host of foreignHosts) {
      for (const path of ['/', '/assets/hygie.css', '/api/personas', '/auth?client_id=hygie-demo']) {
        const { status, text } = await send(urls[name] + path, { host });
        assert.equal(status, 421, `${name} ${host} ${path}`);
        assert.doesNotMatch(text, /evil/);
      }
    }
  }
});

test('no header of a client reaches an address that a listener gives', async (t) => {
  const { urls } = await startTestServer(t);
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '203.0.113.7',
    forwarded: 'host=evil.example;proto=https',
    'x-original-url': '/evil.example',
  };
  const discovery = `${urls.connect}/auth/realms/esante-wallet/.well-known/openid-configuration`;
  const addresses = [discovery, `${urls.portal}/connexion/demarrer`, `${urls.wallet}/reparation`, urls.card];
  for (const address of addresses) {
    const { text, location } = await send(address, headers);
    assert.doesNotMatch(text + location, /evil/, address);
    assert.ok(text.includes('localhost') || location.includes('localhost'), address);
  }
  const plain = await (await fetch(discovery)).json();
  assert.deepEqual(JSON.parse((await send(discovery, headers)).text), plain);
});

test('neither a second Host nor a whole address in the first line changes where anything leads', async (t) => {
  const { urls } = await startTestServer(t);
  const tricks: [string, string[]][] = [
    ['/PATH', ['Host: localhost', 'Host: evil.example']],
    ['http://evil.example/PATH', ['Host: localhost']],
    ['http://evil.example/PATH', ['Host: localhost', 'X-Forwarded-Host: evil.example']],
    ['//evil.example/PATH', ['Host: localhost']],
    ['/\\evil.example/PATH', ['Host: localhost']],
    ['/PATH', ['Host: localhost@evil.example', 'Host: localhost']],
    ['/PATH', ['Host: localhost:80#evil.example']],
  ];
  const paths: [keyof typeof urls, string][] = [
    ['portal', 'connexion/demarrer'],
    ['wallet', 'reparation'],
    ['wallet', 'auth?client_id=hygie-demo&redirect_uri=http://localhost:1/&response_type=code&scope=openid'],
    ['connect', 'auth/realms/esante-wallet/.well-known/openid-configuration'],
    ['connect', 'auth/realms/esante-wallet/protocol/openid-connect/auth?x=1'],
    ['directory', 'fhir/v2/PractitionerRole?_count=1'],
    ['directory', 'coordonnees'],
    ['sandbox', 'portail'],
  ];
  for (const [name, path] of paths)
    for (const [target, headers] of tricks) {
      const { status, text } = await sendRaw(urls[name], `GET ${target.replace('PATH', path)}`, headers);
      const said = `${name} ${target} ${headers}\n${text}`;
      assert.ok(status >= 200 && status < 500, said);
      // A page names its own path, for the language link; nothing leads to the stranger.
      assert.doesNotMatch(text, /(:|=|"|')(\/\/|\\\\)[^"']*evil|location:.*evil/i, said);
    }
});

test('a request without a host, or with one that is no host, is refused', async (t) => {
  const { urls } = await startTestServer(t);
  for (const headers of [
    [],
    ['Host:'],
    ['Host: evil.example:4000'],
    ['Host: [::1'],
    ['Host: localhost/evil'],
  ])
    assert.ok([400, 421].includes((await sendRaw(urls.wallet, 'GET /', headers)).status), String(headers));
});

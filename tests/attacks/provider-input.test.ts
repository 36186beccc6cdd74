import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Answer, assertDecent } from '../support/bad-input/assert-decent.ts';
import { badBodies, marker } from '../support/bad-input/bad-bodies.ts';
import { entrances, nameOf } from '../support/bad-input/entrances.ts';
import { sendTo } from '../support/bad-input/send-badly.ts';
import { countRows } from '../support/bad-input/state-rows.ts';
import { startTestServer } from '../support/start-test-server.ts';

const server = await startTestServer({ after });
const below = entrances.filter(({ listener }) => listener === 'connect');
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const demo = basic('hygie-demo:hygie-demo-secret');
const type = 'application/x-www-form-urlencoded';

const as = (authorization: string) => ({
  request: (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    return fetch(url, { ...init, headers });
  },
});

test('a client that is who it says may send rubbish: each is refused as OAuth says, and no row changes', async () => {
  const rows = countRows(server.dataDir);
  for (const entrance of below) {
    for (const { name, ...bad } of badBodies(entrance)) {
      const answer = await sendTo(server, entrance, bad, as(demo));
      assertDecent(answer, 'oauth', `${nameOf(entrance)}: ${name}`);
    }
  }
  assert.deepEqual(countRows(server.dataDir), rows);
});

test('credentials that are none, in any shape, are refused without a word of them', async () => {
  const credentials = [
    'Basic',
    'Basic %00',
    basic('hygie-demo'),
    basic(`hygie-demo:${marker}`),
    basic(':'),
    basic('%00:%E0%A4%A'),
    basic('__proto__:constructor'),
    'Bearer x.y.z',
    `Bearer ${marker.repeat(500)}`,
    'Negotiate x',
  ];
  for (const entrance of below.filter(({ path }) => !path.endsWith('/logout'))) {
    for (const authorization of credentials) {
      const what = `${nameOf(entrance)} ${authorization.slice(0, 40)}`;
      const answer = await sendTo(server, entrance, { type, body: 'token=x' }, as(authorization));
      assertDecent(answer, 'oauth', what);
      assert.ok(answer.status === 400 || answer.status === 401, `${what}: ${answer.status}`);
    }
  }
});

test('each grant with codes and tokens of no sense is an invalid one', async () => {
  const [token] = below;
  assert.ok(token);
  for (const grant of ['authorization_code', 'refresh_token', 'password', '__proto__', '%00']) {
    for (const value of ['%00', '%ff', 'a.b.c', '__proto__', 'x'.repeat(10_000)]) {
      const names = ['code', 'refresh_token', 'code_verifier', 'redirect_uri', 'scope'];
      const body = [`grant_type=${grant}`, ...names.map((name) => `${name}=${value}`)].join('&');
      const answer = await sendTo(server, token, { type, body }, as(demo));
      assertDecent(answer, 'oauth', `${grant} ${value.slice(0, 20)}`);
      assert.equal(answer.status, 400, `${grant} ${value.slice(0, 20)}`);
    }
  }
});

test('a logout whose body is too large is told so, time after time on one connection', async () => {
  const logout = below.find(({ path }) => path.endsWith('/logout'));
  assert.ok(logout);
  for (let time = 0; time < 6; time++) {
    const answer = await sendTo(server, logout, { type, body: `state=${'x'.repeat(200_000)}` });
    assertDecent(answer, 'oauth', String(time));
    assert.deepEqual([answer.status, JSON.parse(answer.text).error], [400, 'invalid_request']);
  }
});

const sound: Record<string, string> = {
  response_type: 'code',
  client_id: 'hygie-demo',
  redirect_uri: 'http://localhost:3000/callback',
  scope: 'openid scope_all',
  state: 's',
  nonce: 'n',
};
const others = [
  ...['acr_values', 'prompt', 'max_age', 'login_hint', 'claims', 'ui_locales', 'response_mode', 'display'],
  ...['request', 'request_uri', 'code_challenge', 'code_challenge_method', 'id_token_hint', 'registration'],
];
const senseless = [
  '%00',
  '%ff%fe',
  '%E0%A4%A',
  '[]',
  '%7B%22userinfo%22:1%7D',
  '-1',
  '__proto__',
  'x'.repeat(3000),
];

/** The authorization request with one parameter changed, or given twice. */
async function authorize(query: string): Promise<Answer> {
  const answer = await fetch(`${server.urls.wallet}/auth?${query}`, { redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

test('an authorization request with a parameter of no sense leads to a page, a sign-in, or back to its service', async () => {
  for (const name of [...Object.keys(sound), ...others]) {
    const rest = Object.entries(sound)
      .filter(([other]) => other !== name)
      .map(([other, value]) => `${other}=${encodeURIComponent(value)}`)
      .join('&');
    for (const value of senseless) {
      for (const query of [`${rest}&${name}=${value}`, `${rest}&${name}=${value}&${name}=1`]) {
        const answer = await authorize(query);
        assertDecent(answer, 'page', `${name}=${value.slice(0, 30)}`);
        const to = answer.headers.get('location');
        const { origin } = new URL(to ?? server.urls.wallet, server.urls.wallet);
        assert.ok([server.urls.wallet, 'http://localhost:3000'].includes(origin), `${name} ${to}`);
      }
    }
  }
});

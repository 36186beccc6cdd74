import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { basic, postForm } from '../support/oauth-form.ts';
import {
  type AuthorizationOptions,
  authorize,
  codeOf,
  demoRedirect,
  introspect,
  openUntilService,
  presentCard,
  redeem,
  refresh,
  signIn,
  type Tokens,
  userinfo,
} from '../support/oidc-client.ts';
import {
  demoId,
  demoSecret,
  type ProviderSite,
  serviceId,
  serviceSecret,
  startProviderSite,
} from '../support/provider-site.ts';

const demo = { client_id: demoId, client_secret: demoSecret };
const service = basic(serviceId, serviceSecret);
const at = ({ issuer }: ProviderSite, path: string) => `${issuer}/protocol/openid-connect/${path}`;

async function newTokens(site: ProviderSite, options: AuthorizationOptions = {}): Promise<Tokens> {
  return redeem(site, await signIn(createCookieBrowser(), site, options));
}

/** The error by name, of the body and of WWW-Authenticate alike (RFC 6750 section 3). */
async function challengeOf(response: Response, status: number): Promise<string> {
  const { error } = (await response.json()) as { error: string };
  assert.equal(response.status, status, error);
  const told = response.headers.get('www-authenticate') ?? '';
  assert.match(told, /^Bearer realm="[^"]+"/);
  assert.equal(/error="([^"]+)"/.exec(told)?.[1], error, told);
  return error;
}

async function errorOf(response: Response, status = 400): Promise<string> {
  const body = (await response.json()) as { error: string };
  assert.equal(response.status, status, JSON.stringify(body));
  return body.error;
}

test('userinfo without a token asks for one, and names no error (RFC 6750 section 3.1)', async (t) => {
  const site = await startProviderSite(t);
  const response = await fetch(at(site, 'userinfo'));
  assert.equal(response.status, 401);
  const told = response.headers.get('www-authenticate') ?? '';
  assert.match(told, /^Bearer realm="/);
  assert.doesNotMatch(told, /error=/);
});

test('userinfo with a token that is none of a living session: invalid_token', async (t) => {
  const site = await startProviderSite(t);
  const { privateKey } = await generateKeyPair('RS256');
  const forged = await new SignJWT({ typ: 'Bearer', jti: 'x' })
    .setProtectedHeader({ alg: 'RS256', kid: 'signing-key' })
    .sign(privateKey);
  const { id_token, refresh_token } = await newTokens(site);
  const tokens: Record<string, () => string | Promise<string>> = {
    'no token of ours': () => 'x',
    'a JWT of another key': () => forged,
    'an ID token': () => id_token,
    'a refresh token': () => refresh_token,
    'one that was revoked': async () => {
      const { access_token: token } = await newTokens(site);
      await postForm(at(site, 'revoke'), { ...demo, token });
      return token;
    },
    'one of a session that has ended': async () => {
      const { access_token, session_state } = await newTokens(site);
      await site.oidc.endSession(String(session_state), 'signed_out');
      return access_token;
    },
    'one that is older than two minutes': async () => {
      const { access_token } = await newTokens(site);
      site.clock.setAhead(site.clock.aheadMs + 121_000);
      return access_token;
    },
  };
  for (const [what, token] of Object.entries(tokens))
    await t.test(what, async () => {
      assert.equal(await challengeOf(await userinfo(site, await token()), 401), 'invalid_token');
    });
});

test('userinfo with a token in the wrong place or twice: invalid_request', async (t) => {
  const site = await startProviderSite(t);
  const { access_token: token } = await newTokens(site);
  const url = at(site, 'userinfo');
  const bearer = { authorization: `Bearer ${token}` };
  const wrong: Record<string, () => Promise<Response>> = {
    'in the address': () => fetch(`${url}?access_token=${token}`),
    'in header and form': () => postForm(url, { access_token: token }, bearer),
    'by another scheme': () => fetch(url, { headers: { authorization: `Basic ${token}` } }),
    'a scheme alone': () => fetch(url, { headers: { authorization: 'Bearer' } }),
  };
  for (const [what, send] of Object.entries(wrong))
    await t.test(what, async () => assert.equal(await challengeOf(await send(), 400), 'invalid_request'));
  assert.equal((await postForm(url, { access_token: token })).status, 200);
});

test('userinfo for more than the token may: insufficient_scope, and which', async (t) => {
  const site = await startProviderSite(t);
  const { access_token } = await newTokens(site);
  const url = `${at(site, 'userinfo')}?scope=openid+repair`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${access_token}` } });
  assert.match(response.headers.get('www-authenticate') ?? '', /scope="repair"/);
  assert.equal(await challengeOf(response, 403), 'insufficient_scope');
  const plain = await newTokens(site, { scope: 'profile', acr_values: '', nonce: '' });
  assert.equal(plain.id_token, undefined);
  assert.equal(await challengeOf(await userinfo(site, plain.access_token), 403), 'insufficient_scope');
});

for (const path of ['token/introspect', 'revoke', 'ext/par/request'])
  test(`${path} knows its clients: invalid_client`, async (t) => {
    const site = await startProviderSite(t);
    const form = { token: 'x', response_type: 'code', redirect_uri: demoRedirect, scope: 'openid' };
    for (const credentials of [{}, { ...demo, client_secret: 'a guess' }, { ...demo, client_id: 'nobody' }])
      assert.equal(
        await errorOf(await postForm(at(site, path), { ...form, ...credentials }), 401),
        'invalid_client',
      );
    const response = await postForm(at(site, path), form, basic(serviceId, 'a guess'));
    assert.match(response.headers.get('www-authenticate') ?? '', /^Basic .*error="invalid_client"/);
    assert.equal(await errorOf(response, 401), 'invalid_client');
    const both = await postForm(at(site, path), { ...form, ...demo }, service);
    assert.equal(await errorOf(both), 'invalid_request');
  });

test('introspection and revocation without a token: invalid_request', async (t) => {
  const site = await startProviderSite(t);
  for (const path of ['token/introspect', 'revoke'])
    assert.equal(await errorOf(await postForm(at(site, path), demo)), 'invalid_request');
});

test('an ID token can be neither introspected nor revoked: unsupported_token_type', async (t) => {
  const site = await startProviderSite(t);
  const { id_token, access_token } = await newTokens(site);
  for (const path of ['token/introspect', 'revoke']) {
    const response = await postForm(at(site, path), { ...demo, token: id_token });
    assert.equal(await errorOf(response), 'unsupported_token_type', path);
  }
  assert.equal((await userinfo(site, access_token)).status, 200);
});

test('what is not active says so, and nothing else', async (t) => {
  const site = await startProviderSite(t);
  const tokens = await newTokens(site);
  await site.oidc.endSession(String(tokens.session_state), 'signed_out');
  for (const token of ['x', 'a.b.c', tokens.access_token, tokens.refresh_token])
    assert.deepEqual(await introspect(site, token), { active: false });
  const rotated = await newTokens(site);
  await refresh(site, rotated.refresh_token);
  assert.deepEqual(await introspect(site, rotated.refresh_token), { active: false });
  const old = await newTokens(site);
  site.clock.setAhead(site.clock.aheadMs + 121_000);
  assert.deepEqual(await introspect(site, old.access_token), { active: false });
});

test('revoking what is unknown, or another’s, is answered as done and does nothing (RFC 7009 section 2.2)', async (t) => {
  const site = await startProviderSite(t);
  const { access_token, refresh_token } = await newTokens(site);
  for (const token of ['x', 'a.b.c'])
    assert.equal((await postForm(at(site, 'revoke'), { ...demo, token })).status, 200);
  for (const token of [access_token, refresh_token]) await postForm(at(site, 'revoke'), { token }, service);
  assert.equal((await userinfo(site, access_token)).status, 200);
  for (const token_type_hint of ['access_token', 'refresh_token', 'pigeon']) {
    const { refresh_token: token } = await newTokens(site);
    assert.equal((await postForm(at(site, 'revoke'), { ...demo, token, token_type_hint })).status, 200);
    assert.equal((await refresh(site, token)).status, 400, token_type_hint);
  }
});

const pushed = { response_type: 'code', redirect_uri: demoRedirect, scope: 'openid', state: 'the state' };

test('a pushed request is refused by the names that it would have had in a browser (RFC 9126 section 2.3)', async (t) => {
  const site = await startProviderSite(t);
  const wrong: [string, Record<string, string>][] = [
    ['invalid_request', { response_type: '' }],
    ['invalid_request', { redirect_uri: 'https://example.org/' }],
    ['invalid_request', { prompt: 'later' }],
    ['invalid_request', { max_age: '-1' }],
    ['invalid_request', { claims: '{' }],
    ['invalid_request', { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['unsupported_response_mode', { response_mode: 'pigeon' }],
    ['invalid_scope', { scope: 'openid "' }],
    ['invalid_request_object', { request: 'a.b.c' }],
    ['request_uri_not_supported', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }],
    ['registration_not_supported', { registration: '{}' }],
  ];
  for (const [error, changes] of wrong)
    await t.test(`${Object.keys(changes)}: ${error}`, async () => {
      const response = await postForm(at(site, 'ext/par/request'), { ...demo, ...pushed, ...changes });
      assert.equal(await errorOf(response), error);
    });
});

test('a pushed request is for its client, once, and within its minute', async (t) => {
  const site = await startProviderSite(t);
  const push = async (): Promise<string> => {
    const response = await postForm(at(site, 'ext/par/request'), { ...demo, ...pushed });
    assert.equal(response.status, 201);
    const { request_uri, expires_in } = (await response.json()) as {
      request_uri: string;
      expires_in: number;
    };
    assert.equal(expires_in, 60);
    return request_uri;
  };
  const open = (client_id: string, request_uri: string) => {
    const url = new URL('/auth', site.walletUrl);
    url.search = new URLSearchParams({ client_id, request_uri }).toString();
    const browser = createCookieBrowser();
    return { browser, page: openUntilService(browser, site, url) };
  };
  const good = open(demoId, await push());
  const answer = await presentCard(good.browser, site, await good.page);
  assert.ok(codeOf(answer));
  const stolen = await open(serviceId, await push()).page;
  assert.equal(stolen.status, 400);
  const late = await push();
  site.clock.setAhead(site.clock.aheadMs + 61_000);
  assert.equal((await open(demoId, late).page).status, 400);
  assert.ok((await authorize(createCookieBrowser(), site)).text.includes('Carte CPS'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import {
  type AuthorizationOptions,
  authorizationUrl,
  authorize,
  openUntilService,
  presentCard,
  redeem,
  signIn,
  submit,
} from '../support/oidc-client.ts';
import { type ProviderSite, startProviderSite } from '../support/provider-site.ts';

/** One request that goes wrong, and the error that it has by name. */
type Wrong = [what: string, error: string, options: AuthorizationOptions];

const claims = (value: unknown) => ({ claims: JSON.stringify(value) });
const essential = (acr: object) => claims({ id_token: { acr: { essential: true, ...acr } } });
const challenge = 'x'.repeat(43);

/** By sections of OAuth 2.0 (4.1.2.1), OpenID Connect Core 1.0 (3.1.2.6), RFC 7636 (4.4.1) and RFC 9101 (6). */
const wrong: Wrong[] = [
  ['no response_type', 'invalid_request', { response_type: '' }],
  ['a prompt that nobody knows', 'invalid_request', { prompt: 'later' }],
  ['none beside another prompt', 'invalid_request', { prompt: 'none login' }],
  ['a max_age below zero', 'invalid_request', { max_age: '-1' }],
  ['a max_age that is no number', 'invalid_request', { max_age: 'soon' }],
  ['claims that are no JSON', 'invalid_request', { claims: '{' }],
  ['claims that are no object', 'invalid_request', claims([])],
  ['claims of neither userinfo nor id_token', 'invalid_request', claims({ other: {} })],
  ['a member of claims that is no object', 'invalid_request', claims({ userinfo: 1 })],
  ['acr values that are no list', 'invalid_request', { acr_values: '', ...essential({ values: 'eidas1' }) }],
  ['an id_token_hint that is none', 'invalid_request', { id_token_hint: 'x' }],
  ['PKCE by plain', 'invalid_request', { code_challenge: challenge, code_challenge_method: 'plain' }],
  ['a code_challenge without its method', 'invalid_request', { code_challenge: challenge }],
  ['a method without its code_challenge', 'invalid_request', { code_challenge_method: 'S256' }],
  ['a short code_challenge', 'invalid_request', { code_challenge: 'x', code_challenge_method: 'S256' }],
  ['a response_type of others', 'invalid_request', { response_type: 'none' }],
  ['acr_values without the scope openid', 'invalid_request', { scope: 'profile' }],
  ['a scope of forbidden letters', 'invalid_scope', { scope: 'openid "all"' }],
  ['no scope', 'invalid_scope', { scope: '', acr_values: '', nonce: '' }],
  ['no scope that is known', 'invalid_scope', { scope: 'unheard-of', acr_values: '', nonce: '' }],
  ['a response_mode that nobody knows', 'unsupported_response_mode', { response_mode: 'pigeon' }],
  ['a request_uri of one’s own', 'request_uri_not_supported', { request_uri: 'https://example.org/' }],
  [
    'a pushed request that is not there',
    'invalid_request_uri',
    { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
  ],
  ['a request object that is none', 'invalid_request_object', { request: 'a.b.c' }],
  ['a registration', 'registration_not_supported', { registration: '{}' }],
  ['nobody signed in and prompt=none', 'login_required', { prompt: 'none' }],
  [
    'an essential level that nobody reaches',
    'unmet_authentication_requirements',
    { acr_values: '', ...essential({ value: 'eidas9' }) },
  ],
  [
    'the same, of several',
    'unmet_authentication_requirements',
    { acr_values: '', ...essential({ values: ['eidas8', 'eidas9'] }) },
  ],
];

/** The error in the answer, with what must stand beside it. */
function errorOf(site: ProviderSite, { url }: Page): string | null {
  assert.equal(`${url.origin}${url.pathname}`, 'http://localhost:1/callback');
  const answer = url.hash ? new URLSearchParams(url.hash.slice(1)) : url.searchParams;
  assert.equal(answer.get('state'), 'the state');
  // RFC 9207.
  assert.equal(answer.get('iss'), site.issuer);
  assert.equal(answer.get('code'), null);
  return answer.get('error');
}

test('an authorization request that is wrong goes back to its service with the error of its name', async (t) => {
  const site = await startProviderSite(t);
  for (const [what, error, options] of wrong)
    await t.test(`${what}: ${error}`, async () => {
      const page = await authorize(createCookieBrowser(), site, options);
      assert.equal(errorOf(site, page), error);
    });

  for (const response_type of ['token', 'id_token', 'code token', 'code id_token'])
    await t.test(`response_type ${response_type}: unsupported_response_type`, async () => {
      const page = await authorize(createCookieBrowser(), site, { response_type });
      assert.equal(errorOf(site, page), 'unsupported_response_type');
    });

  await t.test('a parameter given twice: invalid_request', async () => {
    const url = authorizationUrl(site);
    url.searchParams.append('nonce', 'another');
    const page = await openUntilService(createCookieBrowser(), site, url);
    assert.equal(errorOf(site, page), 'invalid_request');
  });

  await t.test('an unknown scope asks for nothing, and is not an error (RFC 6749 section 3.3)', async () => {
    const code = await signIn(createCookieBrowser(), site, { scope: 'openid unheard-of scope_all' });
    assert.equal((await redeem(site, code)).scope, 'openid scope_all identity');
  });

  await t.test('an error by form_post is posted to the service', async () => {
    const url = authorizationUrl(site, { prompt: 'none', response_mode: 'form_post' });
    const page = await openUntilService(createCookieBrowser(), site, url);
    assert.match(page.text, /<form method="post" action="http:\/\/localhost:1\/callback"/);
    assert.match(page.text, /name="error" value="login_required"/);
    assert.match(page.text, /name="state" value="the state"/);
  });

  await t.test('a person who goes back to the service: access_denied', async () => {
    const browser = createCookieBrowser();
    const page = await authorize(browser, site);
    const answer = await submit(browser, site, page, `${page.url.pathname}/service`);
    assert.equal(errorOf(site, answer), 'access_denied');
  });
});

test('a request whose service cannot be trusted with an answer ends on a page of ours', async (t) => {
  const site = await startProviderSite(t);
  const url = authorizationUrl(site);
  url.searchParams.append('redirect_uri', 'http://localhost:2/');
  const requests = [
    authorizationUrl(site, { clientId: 'nobody' }),
    authorizationUrl(site, { redirectUri: 'https://example.org/callback' }),
    authorizationUrl(site, { redirectUri: 'http://localhost:1/callback#x' }),
    authorizationUrl(site, { clientId: 'service', redirectUri: `${site.redirectUri}/` }),
    url,
  ];
  for (const request of requests) {
    const page = await openUntilService(createCookieBrowser(), site, request);
    assert.equal(page.url.host, site.walletUrl.host, request.search);
    assert.equal(page.status, 400, request.search);
  }
});

function age({ clock }: ProviderSite, ms: number): void {
  clock.setAhead(clock.aheadMs + ms);
}

interface SignedIn {
  site: ProviderSite;
  browser: CookieBrowser;
}

/** A session by card that is one minute old. */
async function openSession(site: ProviderSite): Promise<SignedIn & { idToken: string }> {
  const browser = createCookieBrowser();
  const { id_token: idToken } = await redeem(site, await signIn(browser, site));
  age(site, 60_000);
  return { site, browser, idToken };
}

/** What a request comes to in that session: an error, or the claims of the ID token that it gives. */
async function ask({ site, browser }: SignedIn, options: AuthorizationOptions) {
  const page = await authorize(browser, site, { prompt: 'none', ...options });
  const code = page.url.searchParams.get('code');
  return code ? decodeJwt((await redeem(site, code)).id_token) : errorOf(site, page);
}

test('prompt=none answers out of the session, or says login_required (OpenID Connect Core 1.0 section 3.1.2.1)', async (t) => {
  const site = await startProviderSite(t);
  const session = await openSession(site);
  const { idToken } = session;
  const { sub } = decodeJwt(idToken);
  const none = { acr_values: '' };
  for (const [what, options] of Object.entries<AuthorizationOptions>({
    'a session that is young enough': { max_age: '3600' },
    'the ID token of the session': { id_token_hint: idToken },
    'the subject of the session': claims({ id_token: { sub: { value: sub } } }),
    'the level of the session': { ...none, ...essential({ value: 'eidas2' }) },
    'a level below it': { acr_values: 'eidas1' },
    'a level that nobody knows, which is asked for but not needed': { acr_values: 'eidas9' },
  }))
    await t.test(what, async () => {
      const answer = await ask(session, options);
      assert.equal(typeof answer, 'object', JSON.stringify(answer));
    });
  for (const [what, options] of Object.entries<AuthorizationOptions>({
    'a session that is too old': { max_age: '59' },
    'max_age 0': { max_age: '0' },
    'the ID token of somebody else': { id_token_hint: await hintOfAnother(site) },
    'another subject': claims({ id_token: { sub: { value: 'f:somebody:else' } } }),
    'another level, to the letter': { ...none, ...essential({ value: 'eidas1' }) },
  }))
    await t.test(`${what}: login_required`, async () => {
      assert.equal(await ask(session, options), 'login_required');
    });
});

async function hintOfAnother(site: ProviderSite): Promise<string> {
  const { answer } = site.card;
  assert.ok('verification' in answer);
  const nationalId = { kind: 'rpps', value: '99700000021' } as const;
  site.card.answer = { verification: { ...answer.verification, nationalId } };
  const { id_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  site.card.answer = answer;
  return id_token;
}

test('an e-CPS session is not enough for a service that asks for a card', async (t) => {
  const site = await startProviderSite(t);
  const { answer } = site.card;
  assert.ok('verification' in answer);
  site.card.answer = { verification: { ...answer.verification, method: 'ecps' } };
  const session = await openSession(site);
  assert.equal(await ask(session, { acr_values: 'eidas2' }), 'login_required');
  assert.equal(typeof (await ask(session, { acr_values: 'eidas1' })), 'object');
});

test('login, consent, select_account and an old session ask anew, and auth_time tells when', async (t) => {
  const site = await startProviderSite(t);
  site.signTokensWithVirtualTime.value = true;
  const { browser, idToken } = await openSession(site);
  const { auth_time: before } = decodeJwt(idToken);
  let times = 1;
  for (const options of [
    { prompt: 'login' },
    { prompt: 'consent' },
    { prompt: 'select_account' },
    { prompt: 'login consent' },
    { max_age: '30' },
    { max_age: '0' },
  ]) {
    age(site, 60_000);
    const page = await authorize(browser, site, options);
    assert.match(page.text, /Carte CPS/, JSON.stringify(options));
    const answer = await presentCard(browser, site, page);
    const code = answer.url.searchParams.get('code');
    assert.ok(code, JSON.stringify(options));
    const { auth_time: after } = decodeJwt((await redeem(site, code)).id_token);
    assert.ok(Number(after) - Number(before) >= 60 * ++times, JSON.stringify(options));
  }
});

test('auth_time is that of the sign-in, however often the session is used', async (t) => {
  const site = await startProviderSite(t);
  site.signTokensWithVirtualTime.value = true;
  const session = await openSession(site);
  const { auth_time: first } = decodeJwt(session.idToken);
  age(site, 10 * 60_000);
  const again = await ask(session, {});
  assert.ok(typeof again === 'object' && again !== null);
  assert.equal(again.auth_time, first);
  assert.ok(Number(again.iat) - Number(again.auth_time) >= 600);
});

test('claims asked for by name come in the ID token or userinfo, wherever they were asked for', async (t) => {
  const site = await startProviderSite(t);
  const asked = claims({
    id_token: { otherIds: null, auth_time: { essential: true }, acr: null, unheard_of: null },
    userinfo: { given_name: { essential: true }, unheard_of: { value: 'x' } },
  });
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site, { scope: 'openid', ...asked }));
  const id = decodeJwt(tokens.id_token);
  assert.deepEqual(id.otherIds, [{ identifiant: '899700000013', origine: 'RPPS', qualite: 1 }]);
  assert.equal(id.acr, 'eidas2');
  assert.equal(typeof id.auth_time, 'number');
  assert.deepEqual([id.unheard_of, id.given_name], [undefined, undefined]);
  const response = await fetch(`${site.issuer}/protocol/openid-connect/userinfo`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const told = (await response.json()) as Record<string, unknown>;
  assert.deepEqual([told.given_name, told.unheard_of, told.family_name], ['Claire', undefined, undefined]);
});

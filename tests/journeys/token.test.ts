import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importJWK, SignJWT } from 'jose';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import {
  challenge,
  demoRedirect,
  introspect,
  openUntilService,
  presentCard,
  redeem,
  refresh,
  signIn,
  type Tokens,
  tokenRequest,
  userinfo,
  verifier,
} from '../support/oidc-client.ts';
import { demoId, demoSecret, keyClientId, startProviderSite } from '../support/provider-site.ts';

test('refresh tokens rotate and keep the session alive', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  let tokens = await redeem(site, await signIn(browser, site));
  for (let minutes = 25; minutes <= 100; minutes += 25) {
    site.clock.setAhead(minutes * 60_000);
    const response = await refresh(site, tokens.refresh_token);
    assert.equal(response.status, 200, `${minutes} minutes`);
    const next = (await response.json()) as Tokens;
    assert.notEqual(next.refresh_token, tokens.refresh_token);
    assert.equal(next.session_state, tokens.session_state);
    tokens = next;
  }
  assert.equal((await userinfo(site, tokens.access_token)).status, 200);
});

test('nothing is renewed beyond four hours after the sign-in', async (t) => {
  const site = await startProviderSite(t);
  let tokens = await redeem(site, await signIn(createCookieBrowser(), site));
  for (let minutes = 25; minutes < 240; minutes += 25) {
    site.clock.setAhead(minutes * 60_000);
    tokens = (await (await refresh(site, tokens.refresh_token)).json()) as Tokens;
  }
  assert.ok(Number(tokens.refresh_expires_in) <= 15 * 60);
  site.clock.setAhead(240 * 60_000 + 1_000);
  assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
});

test('a code lives a minute of the clock', async (t) => {
  const site = await startProviderSite(t);
  const code = await signIn(createCookieBrowser(), site);
  site.clock.setAhead(61_000);
  const response = await tokenRequest(site, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: demoRedirect,
  });
  assert.deepEqual([response.status, (await response.json()).error], [400, 'invalid_grant']);
});

test('an older access token is expired as the clock says; new ones keep real time', async (t) => {
  const site = await startProviderSite(t);
  const old = await redeem(site, await signIn(createCookieBrowser(), site));
  site.clock.setAhead(121_000);
  assert.equal((await userinfo(site, old.access_token)).status, 401);
  assert.deepEqual(await introspect(site, old.access_token), { active: false });
  const fresh = (await (await refresh(site, old.refresh_token)).json()) as Tokens;
  const { exp, iat, auth_time } = await introspect(site, fresh.access_token);
  const now = Date.now() / 1000;
  assert.ok(Math.abs(Number(iat) - now) < 5 && Number(exp) === Number(iat) + 120);
  assert.ok(Math.abs(now - 121 - Number(auth_time)) < 5, 'auth_time is as old as the clock says');
});

test('tokens follow the clock where the sandbox is told so', async (t) => {
  const site = await startProviderSite(t);
  site.clock.setAhead(3_600_000);
  site.signTokensWithVirtualTime.value = true;
  const { id_token, access_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  for (const token of [id_token, access_token]) {
    const { iat, exp, auth_time } = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    );
    assert.ok(Math.abs(iat - (Date.now() / 1000 + 3_600)) < 5);
    assert.equal(exp, iat + 120);
    assert.ok(Math.abs(auth_time - iat) < 5);
  }
  assert.equal((await userinfo(site, access_token)).status, 200);
});

test('a client authenticates by secret in the header or the form, or by a signed assertion', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const token = `${site.issuer}/protocol/openid-connect/token`;
  const basic = await fetch(token, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${demoId}:${demoSecret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: await signIn(browser, site),
      redirect_uri: demoRedirect,
    }),
  });
  assert.equal(basic.status, 200);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: 'client-key' })
    .setIssuer(keyClientId)
    .setSubject(keyClientId)
    .setAudience(site.issuer)
    .setJti('once')
    .setIssuedAt()
    .setExpirationTime('1 minute')
    .sign(await importJWK(site.clientKey));
  const byAssertion = async () =>
    fetch(token, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: await signIn(browser, site, { clientId: keyClientId, prompt: 'login' }),
        redirect_uri: demoRedirect,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }),
    });
  assert.equal((await byAssertion()).status, 200);
  const replayed = await byAssertion();
  assert.deepEqual([replayed.status, (await replayed.json()).error], [401, 'invalid_client']);
});

test('PKCE is kept where the request began with it', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const options = { code_challenge: challenge, code_challenge_method: 'S256' };
  const code = await signIn(browser, site, options);
  const body = { grant_type: 'authorization_code', redirect_uri: demoRedirect };
  const without = await tokenRequest(site, { ...body, code });
  assert.equal((await without.json()).error, 'invalid_grant');
  assert.ok((await redeem(site, code, { code_verifier: verifier })).access_token);
});

test('a pushed request is used on the other host, once', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const pushed = await tokenRequest(
    site,
    { response_type: 'code', redirect_uri: demoRedirect, scope: 'openid', state: 'pushed' },
    '/protocol/openid-connect/ext/par/request',
  );
  assert.equal(pushed.status, 201);
  const { request_uri } = (await pushed.json()) as { request_uri: string };
  const url = new URL('/auth/', site.walletUrl);
  url.search = new URLSearchParams({ client_id: demoId, request_uri }).toString();
  const answer = await presentCard(browser, site, await openUntilService(browser, site, url));
  assert.equal(answer.url.searchParams.get('state'), 'pushed');
  assert.ok(answer.url.searchParams.get('code'));
  assert.equal((await openUntilService(browser, site, url)).status, 400);
});

test('a revoked token is gone, and what came with it', async (t) => {
  const site = await startProviderSite(t);
  for (const kind of ['access_token', 'refresh_token'] as const) {
    const tokens = await redeem(site, await signIn(createCookieBrowser(), site));
    const response = await tokenRequest(site, { token: tokens[kind] }, '/protocol/openid-connect/revoke');
    assert.equal(response.status, 200);
    assert.equal((await userinfo(site, tokens.access_token)).status, 401);
    assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
  }
});

test("Keycloak's own authorization path leads to wallet, with or without a trailing slash there", async (t) => {
  const site = await startProviderSite(t);
  const query = `client_id=${demoId}&redirect_uri=${encodeURIComponent(demoRedirect)}&response_type=code&scope=openid`;
  const response = await fetch(`${site.issuer}/protocol/openid-connect/auth?${query}`, {
    redirect: 'manual',
  });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), `${site.walletUrl.origin}/auth?${query}`);
  const page = await createCookieBrowser().open(`${site.walletUrl.origin}/auth/?acr_values=eidas1&${query}`);
  assert.match(page.text, /Carte CPS/);
});

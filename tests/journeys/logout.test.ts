import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import { usualEngine } from '../support/databases.ts';
import {
  authorize,
  codeOf,
  introspect,
  openUntilService,
  redeem,
  refresh,
  signIn,
  submit,
  userinfo,
} from '../support/oidc-client.ts';
import {
  adeliNurse,
  demoId,
  type ProviderSite,
  serviceId,
  serviceSecret,
  startProviderSite,
} from '../support/provider-site.ts';

const logoutPath = '/protocol/openid-connect/logout';

function logout(site: ProviderSite, parameters: Record<string, string>, init: RequestInit = {}) {
  const query = new URLSearchParams(parameters);
  return fetch(`${site.issuer}${logoutPath}?${query}`, { redirect: 'manual', ...init });
}

async function isSignedOut(site: ProviderSite, browser: ReturnType<typeof createCookieBrowser>) {
  const answer = await authorize(browser, site, { prompt: 'none' });
  return answer.url.searchParams.get('error') === 'login_required';
}

test('a hint alone ends the session on every host, from server to server', async (t) => {
  const site = await startProviderSite(t);
  for (const method of ['GET', 'POST']) {
    const browser = createCookieBrowser();
    const tokens = await redeem(site, await signIn(browser, site));
    const parameters = { id_token_hint: tokens.id_token };
    const response =
      method === 'GET'
        ? await logout(site, parameters)
        : await fetch(site.issuer + logoutPath, { method, body: new URLSearchParams(parameters) });
    assert.equal(response.status, 200);
    assert.equal(response.headers.getSetCookie().length, 0);
    assert.ok(await isSignedOut(site, browser));
    const refused = await refresh(site, tokens.refresh_token);
    assert.deepEqual([refused.status, (await refused.json()).error], [400, 'invalid_grant']);
    assert.equal((await userinfo(site, tokens.access_token)).status, 401);
    assert.deepEqual(await introspect(site, tokens.access_token), { active: false });
  }
});

test('an expired hint ends the session too, and a second logout changes nothing', async (t) => {
  const site = await startProviderSite(t);
  site.signTokensWithVirtualTime.value = true;
  site.clock.setAhead(-600_000);
  const browser = createCookieBrowser();
  const { id_token } = await redeem(site, await signIn(browser, site));
  site.clock.setAhead(0);
  assert.equal((await logout(site, { id_token_hint: id_token })).status, 200);
  assert.ok(await isSignedOut(site, browser));
  assert.equal((await logout(site, { id_token_hint: id_token })).status, 200);
});

test('with a registered return address the browser goes there with its state', async (t) => {
  const site = await startProviderSite(t);
  const { id_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  const response = await logout(site, {
    id_token_hint: id_token,
    post_logout_redirect_uri: 'http://127.0.0.1:9/bye?x=1',
    state: 'a&b',
  });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), 'http://127.0.0.1:9/bye?x=1&state=a%26b');
});

test('a return address that is not registered is refused and ends nothing', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const { id_token } = await redeem(site, await signIn(browser, site));
  const response = await logout(site, {
    id_token_hint: id_token,
    post_logout_redirect_uri: 'https://elsewhere.example/',
  });
  assert.equal(response.status, 400);
  assert.equal((await response.json()).error, 'invalid_request');
  assert.equal(await isSignedOut(site, browser), false);
});

test('a browser that a service sends here sees that it is signed out', async (t) => {
  const site = await startProviderSite(t);
  const { id_token } = await redeem(site, await signIn(createCookieBrowser(), site));
  const headers = { accept: 'text/html' };
  const response = await logout(site, { id_token_hint: id_token }, { headers });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /Votre session est fermée/);
  const posted = await fetch(site.issuer + logoutPath, {
    method: 'POST',
    headers: { ...headers, origin: 'https://service.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ id_token_hint: id_token, ui_locales: 'en' }),
  });
  assert.equal(posted.status, 200);
  assert.match(await posted.text(), /Votre session est fermée/);
});

test('without a hint the person is asked on wallet, and her answer leads back', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const tokens = await redeem(site, await signIn(browser, site));
  const query = new URLSearchParams({
    client_id: demoId,
    post_logout_redirect_uri: 'http://localhost:9/bye',
    state: 's',
  });
  const page = await openUntilService(browser, site, `${site.issuer}${logoutPath}?${query}`);
  assert.equal(page.url.origin, site.walletUrl.origin);
  assert.match(page.text, /Service de démonstration demande à vous déconnecter/);
  assert.equal(await isSignedOut(site, browser), false);
  const answer = await submit(browser, site, page, '/deconnexion', Object.fromEntries(query));
  assert.equal(answer.url.href, 'http://localhost:9/bye?state=s');
  assert.ok(await isSignedOut(site, browser));
  assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
});

test('the button of a wallet page signs out and says so', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const page = await openUntilService(browser, site, new URL('/deconnexion', site.walletUrl));
  await signIn(browser, site);
  const answer = await submit(browser, site, page, '/deconnexion');
  assert.match(answer.text, /Votre session est fermée/);
  assert.ok(await isSignedOut(site, browser));
});

test('every service of the session is told, with a token that it can verify', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const tokens = await redeem(site, await signIn(browser, site));
  const silent = await authorize(browser, site, {
    clientId: serviceId,
    redirectUri: site.redirectUri,
    prompt: 'none',
  });
  const authorization = `Basic ${Buffer.from(`${serviceId}:${encodeURIComponent(serviceSecret)}`).toString('base64')}`;
  const response = await fetch(`${site.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: codeOf(silent),
      redirect_uri: site.redirectUri,
    }),
  });
  assert.equal(response.status, 200);
  await logout(site, { id_token_hint: tokens.id_token });
  assert.equal(site.logoutTokens.length, 1);
  const keys = createRemoteJWKSet(new URL(`${site.issuer}/protocol/openid-connect/certs`));
  const { payload, protectedHeader } = await jwtVerify(site.logoutTokens[0] ?? '', keys, {
    issuer: site.issuer,
    audience: serviceId,
  });
  assert.equal(protectedHeader.typ, 'logout+jwt');
  assert.equal(payload.sid, tokens.session_state);
  assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} });
  assert.equal(payload.nonce, undefined);
});

test('a session that the system ends is gone everywhere', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const tokens = await redeem(site, await signIn(browser, site));
  await site.oidc.endSession(String(tokens.session_state), 'superseded');
  assert.ok(await isSignedOut(site, browser));
  assert.equal((await userinfo(site, tokens.access_token)).status, 401);
  assert.deepEqual(site.events.at(-1), {
    name: 'oidc.session_ended',
    subject: '899700000013',
    details: { reason: 'superseded' },
  });
});

test('every session under a number ends, or those alone that one means opened', async (t) => {
  const site = await startProviderSite(t, usualEngine, undefined, { ecps: true });
  const [byCard, byPhone, other] = [createCookieBrowser(), createCookieBrowser(), createCookieBrowser()];
  await signIn(byCard, site);
  const waiting = await askPhone(byPhone, site);
  site.phones.answer('approved');
  assert.ok(codeOf(await openUntilService(byPhone, site, waiting.url)));
  site.card.answer = { verification: adeliNurse(site.clock) };
  await signIn(other, site);

  await site.oidc.endSessionsOf({ kind: 'rpps', value: '99700000013' }, 'means_removed', { method: 'ecps' });
  assert.equal(await isSignedOut(site, byPhone), true);
  assert.equal(await isSignedOut(site, byCard), false);
  await site.oidc.endSessionsOf({ kind: 'rpps', value: '99700000013' }, 'superseded');
  assert.equal(await isSignedOut(site, byCard), true);
  assert.equal(await isSignedOut(site, other), false);
});

async function askPhone(browser: CookieBrowser, site: ProviderSite) {
  const page = await authorize(browser, site);
  return submit(browser, site, page, `${page.url.pathname}/e-cps/demande`, { identifiant: '99700000013' });
}

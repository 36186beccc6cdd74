import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { authorize, introspect, redeem, signIn, tokenRequest, userinfo } from '../support/oidc-client.ts';
import { serviceId, serviceSecret, startProviderSite } from '../support/provider-site.ts';

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

test('a forged or altered access token is nobody', async (t) => {
  const site = await startProviderSite(t);
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site));
  const [head = '', , signature = ''] = tokens.access_token.split('.');
  const claims = payloadOf(tokens.access_token);
  const { keys } = await (await fetch(`${site.issuer}/protocol/openid-connect/certs`)).json();
  const confused = `${encode({ alg: 'HS256', typ: 'JWT', kid: keys[0].kid })}.${encode(claims)}`;
  const hmac = createHmac('sha256', JSON.stringify(keys[0])).update(confused).digest('base64url');
  for (const token of [
    `${head}.${encode({ ...claims, sub: 'f:x:899700000021' })}.${signature}`,
    `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
    `${confused}.${hmac}`,
    String(claims.jti),
    tokens.id_token,
    tokens.refresh_token,
    'x',
    '..',
  ]) {
    assert.equal((await userinfo(site, token)).status, 401, token.slice(0, 20));
  }
  assert.equal((await userinfo(site, tokens.access_token)).status, 200);
});

test('introspection takes no bare token id, no ID token, and no stranger', async (t) => {
  const site = await startProviderSite(t);
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site));
  const { jti } = payloadOf(tokens.access_token);
  for (const token of [String(jti), tokens.id_token.slice(0, -4)])
    assert.notEqual((await introspect(site, token)).active, true);
  const path = '/protocol/openid-connect/token/introspect';
  const stranger = await tokenRequest(site, { token: tokens.access_token, client_secret: 'a guess' }, path);
  assert.equal(stranger.status, 401);
  const wallet = await fetch(site.issuer + path, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'hygie-wallet', token: tokens.access_token }),
  });
  assert.notEqual((await wallet.json()).active, true);
});

test("a client cannot revoke another's token", async (t) => {
  const site = await startProviderSite(t);
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site));
  const other = { client_id: serviceId, client_secret: serviceSecret };
  await tokenRequest(site, { ...other, token: tokens.refresh_token }, '/protocol/openid-connect/revoke');
  assert.equal((await userinfo(site, tokens.access_token)).status, 200);
});

test('only an ID token of ours is a hint for logout', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const tokens = await redeem(site, await signIn(browser, site));
  const [head = '', , signature = ''] = tokens.id_token.split('.');
  const claims = payloadOf(tokens.id_token);
  for (const hint of [
    tokens.access_token,
    `${head}.${encode({ ...claims, sid: 'another' })}.${signature}`,
    `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'x',
  ]) {
    const url = `${site.issuer}/protocol/openid-connect/logout?id_token_hint=${hint}`;
    assert.equal((await fetch(url)).status, 400);
  }
  const answer = await authorize(browser, site, { prompt: 'none' });
  assert.ok(answer.url.searchParams.get('code'), 'the session is still there');
});

test('tokens are stored as hashes: what the table holds opens nothing', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const code = await signIn(browser, site);
  const tokens = await redeem(site, code);
  await authorize(browser, site, { prompt: 'login' });
  const rows = await site.database
    .as<{ oidc_record: { payload: string; id_hash: string } }>()
    .selectFrom('oidc_record')
    .selectAll()
    .execute();
  const cookies = await browser.jar.getCookies(site.walletUrl.href);
  const session = cookies.find(({ key }) => key === 'wallet_session')?.value;
  assert.ok(session && rows.length > 3);
  const stored = JSON.stringify(rows);
  for (const secret of [code, tokens.refresh_token, String(payloadOf(tokens.access_token).jti), session])
    assert.equal(stored.includes(secret), false);
});

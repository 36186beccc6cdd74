import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { harden, pscPolicy } from '#oidc';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import {
  authorizationUrl,
  authorize,
  challenge,
  codeOf,
  openUntilService,
  presentCard,
  redeem,
  refresh,
  signIn,
  tokenRequest,
  userinfo,
  verifier,
} from '../support/oidc-client.ts';
import { pairwiseIds, startProviderSite } from '../support/provider-site.ts';

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
const proof = { code_verifier: verifier };

test('the hardened profile asks PKCE of every service and tells how somebody signed in', async (t) => {
  const site = await startProviderSite(t, undefined, undefined, { policy: harden(pscPolicy) });
  const bare = await authorize(createCookieBrowser(), site);
  assert.equal(bare.url.searchParams.get('error'), 'invalid_request');
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site, pkce), proof);
  const { acr, amr, auth_time: authTime } = decodeJwt(tokens.id_token);
  assert.deepEqual([acr, amr], ['eidas2', ['sc', 'pin', 'mfa', 'hwk']]);
  assert.ok(authTime);
});

test('in the hardened profile a refresh token that comes back revokes its whole family', async (t) => {
  const site = await startProviderSite(t, undefined, undefined, { policy: harden(pscPolicy) });
  const tokens = await redeem(site, await signIn(createCookieBrowser(), site, pkce), proof);
  const renewed = await (await refresh(site, tokens.refresh_token)).json();
  assert.equal((await refresh(site, tokens.refresh_token)).status, 400);
  assert.equal((await refresh(site, renewed.refresh_token)).status, 400);
  assert.equal((await userinfo(site, renewed.access_token)).status, 401);
});

test('services of different sectors are told different subjects, and no number in tokens', async (t) => {
  const site = await startProviderSite(t);
  const subjects = new Map<string, string>();
  for (const id of pairwiseIds) {
    const redirectUri = `https://${id.split('-')[0]}.example/callback`;
    const code = await signIn(createCookieBrowser(), site, { clientId: id, redirectUri });
    const answer = await tokenRequest(site, {
      grant_type: 'authorization_code',
      ...{ code, client_id: id, redirect_uri: redirectUri },
    });
    const tokens = await answer.json();
    const claims = decodeJwt(tokens.id_token);
    for (const token of [tokens.id_token, tokens.access_token])
      assert.ok(!JSON.stringify(decodeJwt(token)).includes('99700000013'));
    const told = await (await userinfo(site, tokens.access_token)).json();
    assert.equal(told.sub, claims.sub);
    subjects.set(id, String(claims.sub));
    const logout = await fetch(
      `${site.issuer}/protocol/openid-connect/logout?${new URLSearchParams({ id_token_hint: tokens.id_token })}`,
    );
    assert.equal(logout.status, 200);
    assert.equal((await userinfo(site, tokens.access_token)).status, 401, 'signed out by the hint');
  }
  const [one, sister, other] = pairwiseIds.map((id) => subjects.get(id));
  assert.equal(one, sister, 'of one sector');
  assert.notEqual(one, other);
});

test('an authorization request may be posted', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const { searchParams: body } = authorizationUrl(site);
  const choice = await openUntilService(browser, site, new URL('/auth', site.walletUrl), {
    method: 'POST',
    headers: { origin: 'https://service.example', 'sec-fetch-site': 'cross-site' },
    body,
  });
  assert.equal(choice.status, 200);
  assert.ok(codeOf(await presentCard(browser, site, choice)));
  const large = await fetch(new URL('/auth', site.walletUrl), { method: 'POST', body: 'x'.repeat(70_000) });
  assert.equal(large.status, 413);
});

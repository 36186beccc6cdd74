import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { openUntilService, presentCard } from '../support/oidc-client.ts';
import { demoId, demoSecret, startProviderSite } from '../support/provider-site.ts';

const redirectUri = 'http://localhost:8083/auth/psc/callback';

test('openid-client signs in as a Pro Santé Connect service, renews, introspects, revokes and signs out', async (t) => {
  const site = await startProviderSite(t);
  const config = await client.discovery(
    new URL(`${site.issuer}/.well-known/wallet-openid-configuration`),
    demoId,
    undefined,
    client.ClientSecretPost(demoSecret),
    { execute: [client.allowInsecureRequests] },
  );
  const [verifier, state, nonce] = [
    client.randomPKCECodeVerifier(),
    client.randomState(),
    client.randomNonce(),
  ];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...{ state, nonce },
  });
  const browser = createCookieBrowser();
  const answer = await presentCard(browser, site, await openUntilService(browser, site, url));
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  const tokens = await client.authorizationCodeGrant(config, answer.url, checks);
  const sub = tokens.claims()?.sub ?? '';
  const told = await client.fetchUserInfo(config, tokens.access_token, sub);
  assert.equal(told.SubjectNameID, '899700000013');
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  const active = await client.tokenIntrospection(config, renewed.access_token);
  assert.deepEqual([active.active, active.SubjectNameID], [true, '899700000013']);
  await client.tokenRevocation(config, renewed.access_token);
  assert.deepEqual(await client.tokenIntrospection(config, renewed.access_token), { active: false });
  const logout = client.buildEndSessionUrl(config, {
    id_token_hint: renewed.id_token ?? tokens.id_token ?? '',
    post_logout_redirect_uri: 'http://localhost:8083/au-revoir',
    state: 'bye',
  });
  const gone = await browser.request(logout);
  assert.deepEqual(
    [gone.status, gone.headers.get('location')],
    [303, 'http://localhost:8083/au-revoir?state=bye'],
  );
  await assert.rejects(client.refreshTokenGrant(config, renewed.refresh_token ?? ''), {
    error: 'invalid_grant',
  });
});

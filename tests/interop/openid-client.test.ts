import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { demoId, demoSecret } from '../support/provider-site.ts';
import { createBrowserFor, signInAtService, startServedSandbox } from '../support/served-sandbox.ts';

const redirectUri = 'http://localhost:8083/auth/psc/callback';

test('openid-client signs in as a Pro Santé Connect service, renews, introspects, revokes and signs out', async (t) => {
  const sandbox = await startServedSandbox(t);
  const { idNatPs } = sandbox.persona;
  const config = await client.discovery(
    new URL(`${sandbox.issuer}/.well-known/wallet-openid-configuration`),
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
  const browser = createBrowserFor(redirectUri);
  const answer = await signInAtService(sandbox, browser, url);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  const tokens = await client.authorizationCodeGrant(config, answer.url, checks);
  const sub = tokens.claims()?.sub ?? '';
  const told = await client.fetchUserInfo(config, tokens.access_token, sub);
  assert.equal(told.SubjectNameID, idNatPs);
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  const active = await client.tokenIntrospection(config, renewed.access_token);
  assert.deepEqual([active.active, active.SubjectNameID], [true, idNatPs]);
  await client.tokenRevocation(config, renewed.access_token);
  assert.deepEqual(await client.tokenIntrospection(config, renewed.access_token), { active: false });
  const logout = client.buildEndSessionUrl(config, {
    id_token_hint: renewed.id_token ?? tokens.id_token ?? '',
    post_logout_redirect_uri: 'http://localhost:8083/au-revoir',
    state: 'bye',
  });
  const gone = await browser.open(logout);
  assert.equal(gone.url.href, 'http://localhost:8083/au-revoir?state=bye');
  await assert.rejects(client.refreshTokenGrant(config, renewed.refresh_token ?? ''), {
    error: 'invalid_grant',
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { openUntilService, presentCard } from '../support/oidc-client.ts';
import {
  demoId,
  demoSecret,
  keyClientId,
  type ProviderSite,
  startProviderSite,
} from '../support/provider-site.ts';

const insecure = { [oauth.allowInsecureRequests]: true } as const;
const redirectUri = 'http://127.0.0.1:8083/auth/psc/callback';

/** A client written with a library that is not the portal's; it checks what OpenID Connect tells a client to check. */
async function signInWith(
  site: ProviderSite,
  client: oauth.Client,
  authentication: oauth.ClientAuth,
): Promise<{
  server: oauth.AuthorizationServer;
  tokens: oauth.TokenEndpointResponse;
  claims: oauth.IDToken;
}> {
  const issuer = new URL(site.issuer);
  const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...insecure });
  const server = await oauth.processDiscoveryResponse(issuer, discovery);
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }).toString();
  const browser = createCookieBrowser();
  const answer = await presentCard(browser, site, await openUntilService(browser, site, url));
  const parameters = oauth.validateAuthResponse(server, client, answer.url, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    parameters,
    redirectUri,
    codeVerifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(server, response, insecure);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  assert.ok(claims);
  return { server, tokens, claims };
}

test('a client that is not ours signs in, reads userinfo, refreshes, introspects and signs out', async (t) => {
  const site = await startProviderSite(t);
  const client: oauth.Client = { client_id: demoId };
  const authentication = oauth.ClientSecretPost(demoSecret);
  const { server, tokens, claims } = await signInWith(site, client, authentication);

  const userinfo = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
  const person = await oauth.processUserInfoResponse(server, client, claims.sub, userinfo);
  assert.equal(person.SubjectNameID, '899700000013');

  const refresh = await oauth.refreshTokenGrantRequest(
    server,
    client,
    authentication,
    tokens.refresh_token ?? '',
    insecure,
  );
  const renewed = await oauth.processRefreshTokenResponse(server, client, refresh);
  const introspection = await oauth.introspectionRequest(
    server,
    client,
    authentication,
    renewed.access_token,
    insecure,
  );
  assert.equal((await oauth.processIntrospectionResponse(server, client, introspection)).active, true);

  const signOut = new URL(server.end_session_endpoint ?? '');
  signOut.search = new URLSearchParams({ id_token_hint: renewed.id_token ?? '' }).toString();
  assert.equal((await fetch(signOut)).status, 200);
  const after = await oauth.userInfoRequest(server, client, renewed.access_token, insecure);
  await assert.rejects(oauth.processUserInfoResponse(server, client, claims.sub, after));
});

test('so does one that signs its assertions', async (t) => {
  const site = await startProviderSite(t);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', site.clientKey as JsonWebKey, algorithm, false, ['sign']);
  const authentication = oauth.PrivateKeyJwt({ key, kid: 'client-key' });
  const { claims } = await signInWith(site, { client_id: keyClientId }, authentication);
  assert.equal(claims.aud, keyClientId);
});

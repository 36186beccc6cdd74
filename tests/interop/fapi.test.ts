import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { importJWK } from 'jose';
import * as client from 'openid-client';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { openUntilService, presentCard } from '../support/oidc-client.ts';
import { fapiId, type ProviderSite, startProviderSite } from '../support/provider-site.ts';

interface FapiClient {
  site: ProviderSite;
  config: client.Configuration;
  dpop: client.DPoPHandle;
  redirectUri: string;
}

/** openid-client as a FAPI 2.0 client: a key signs its assertions, another one binds its tokens. */
async function openClient(t: TestContext): Promise<FapiClient> {
  const site = await startProviderSite(t);
  const key = (await importJWK(site.clientKey, 'ES256', { extractable: true })) as CryptoKey;
  const config = await client.discovery(
    new URL(site.issuer),
    fapiId,
    undefined,
    client.PrivateKeyJwt({ key, kid: 'client-key' }),
    { execute: [client.allowInsecureRequests] },
  );
  const dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
  return { site, config, dpop, redirectUri: new URL('/fapi', site.redirectUri).href };
}

interface Started {
  url: URL;
  checks: client.AuthorizationCodeGrantChecks;
}

async function push(
  { config, dpop, redirectUri }: FapiClient,
  more: Record<string, string> = {},
): Promise<Started> {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid scope_all',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...{ state, nonce },
    ...more,
  };
  const url = await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP: dpop });
  return { url, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
}

async function signIn({ site }: FapiClient, url: URL): Promise<URL> {
  const browser = createCookieBrowser();
  const choice = await openUntilService(browser, site, url);
  assert.equal(choice.status, 200, choice.text);
  return (await presentCard(browser, site, choice)).url;
}

test('a FAPI 2.0 client pushes its request, binds its tokens by DPoP, renews them and asks who it is', async (t) => {
  const opened = await openClient(t);
  const { config, dpop } = opened;
  const { url, checks } = await push(opened);
  const answer = await signIn(opened, url);
  assert.equal(answer.searchParams.get('iss'), opened.site.issuer);
  const tokens = await client.authorizationCodeGrant(config, answer, checks, undefined, { DPoP: dpop });
  assert.equal(tokens.token_type, 'dpop');
  const claims = tokens.claims();
  const sub = claims?.sub ?? '';
  assert.ok(sub && claims?.acr && claims.auth_time);
  const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP: dpop });
  assert.equal(told.family_name, 'MARTIN');
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, {
    DPoP: dpop,
  });
  assert.ok(renewed.access_token);
  const again = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP: dpop });
  assert.ok(again.access_token, 'a bound refresh token need not change');

  const bearer = await fetch(`${opened.site.issuer}/protocol/openid-connect/userinfo`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  assert.equal(bearer.status, 401, 'without the key the token is nothing');
  const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub, { DPoP: other }));
});

test('a signed request and a signed answer (JAR, JARM)', async (t) => {
  const opened = await openClient(t);
  const { config, dpop, site } = opened;
  const key = (await importJWK(site.clientKey, 'ES256')) as CryptoKey;
  client.useJwtResponseMode(config);
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const plain = await client.buildAuthorizationUrlWithJAR(
    config,
    {
      redirect_uri: opened.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...{ state, nonce },
    },
    { key, kid: 'client-key' },
    {
      [client.modifyAssertion](_header, payload) {
        payload.nbf = payload.iat;
      },
    },
  );
  const url = await client.buildAuthorizationUrlWithPAR(config, plain.searchParams, { DPoP: dpop });
  const answer = await signIn(opened, url);
  assert.deepEqual([...answer.searchParams.keys()], ['response']);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  const tokens = await client.authorizationCodeGrant(config, answer, checks, undefined, { DPoP: dpop });
  assert.ok(tokens.claims()?.sub);
});

test('what FAPI 2.0 forbids is refused by name', async (t) => {
  const opened = await openClient(t);
  const { site, redirectUri } = opened;
  const direct = new URL('/auth', site.walletUrl);
  direct.search = String(
    new URLSearchParams({
      client_id: fapiId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid',
    }),
  );
  const refused = await openUntilService(createCookieBrowser(), site, direct);
  assert.equal(refused.url.searchParams.get('error'), 'invalid_request', 'not pushed');
  const noChallenge = push(opened, { code_challenge: '', code_challenge_method: '' });
  await assert.rejects(noChallenge, { error: 'invalid_request' });
  const { url } = await push(opened);
  await signIn(opened, url);
  const again = await openUntilService(createCookieBrowser(), site, url);
  assert.match(
    again.url.search + again.text,
    /invalid_request_uri|request_uri/,
    'a pushed request is used once',
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProviderSite } from '../support/provider-site.ts';

test('both discovery documents tell the same: wallet authorizes, connect does the rest', async (t) => {
  const site = await startProviderSite(t);
  const read = async (name: string) => {
    const response = await fetch(`${site.issuer}/.well-known/${name}`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.getSetCookie().length, 0);
    return (await response.json()) as Record<string, unknown>;
  };
  const standard = await read('openid-configuration');
  assert.deepEqual(await read('wallet-openid-configuration'), standard);
  const below = `${site.issuer}/protocol/openid-connect`;
  assert.deepEqual(
    {
      issuer: standard.issuer,
      authorization_endpoint: standard.authorization_endpoint,
      token_endpoint: standard.token_endpoint,
      userinfo_endpoint: standard.userinfo_endpoint,
      jwks_uri: standard.jwks_uri,
      end_session_endpoint: standard.end_session_endpoint,
      introspection_endpoint: standard.introspection_endpoint,
      revocation_endpoint: standard.revocation_endpoint,
      pushed_authorization_request_endpoint: standard.pushed_authorization_request_endpoint,
    },
    {
      issuer: site.issuer,
      authorization_endpoint: `${site.walletUrl.origin}/auth`,
      token_endpoint: `${below}/token`,
      userinfo_endpoint: `${below}/userinfo`,
      jwks_uri: `${below}/certs`,
      end_session_endpoint: `${below}/logout`,
      introspection_endpoint: `${below}/token/introspect`,
      revocation_endpoint: `${below}/revoke`,
      pushed_authorization_request_endpoint: `${below}/ext/par/request`,
    },
  );
});

test('discovery lists what works, and nothing else', async (t) => {
  const site = await startProviderSite(t);
  const document = await (await fetch(`${site.issuer}/.well-known/openid-configuration`)).json();
  assert.deepEqual(document.response_types_supported, ['code', 'none']);
  assert.deepEqual(document.grant_types_supported, [
    'authorization_code',
    'refresh_token',
    'client_credentials',
  ]);
  assert.deepEqual(document.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(document.id_token_signing_alg_values_supported, ['RS256', 'PS256', 'ES256', 'EdDSA']);
  assert.deepEqual(document.subject_types_supported, ['public', 'pairwise']);
  assert.deepEqual(document.acr_values_supported, ['eidas1', 'eidas2']);
  assert.equal(document.backchannel_logout_supported, true);
  assert.equal(document.backchannel_logout_session_supported, true);
  assert.equal(document.authorization_response_iss_parameter_supported, true);
  for (const absent of [
    'frontchannel_logout_supported',
    'check_session_iframe',
    'device_authorization_endpoint',
    'backchannel_authentication_endpoint',
  ])
    assert.equal(document[absent], undefined, absent);
  for (const scope of [
    'openid',
    'scope_all',
    'identity',
    'profile',
    'referentiel',
    'interop',
    'rpps',
    'repair',
  ])
    assert.ok(document.scopes_supported.includes(scope), scope);
});

test('the published keys hold no private part', async (t) => {
  const site = await startProviderSite(t);
  const { keys } = await (await fetch(`${site.issuer}/protocol/openid-connect/certs`)).json();
  assert.deepEqual(Object.keys(keys[0]).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  for (const key of keys)
    for (const part of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.equal(part in key, false, part);
});

test('connect answers nothing else, and wallet none of it', async (t) => {
  const site = await startProviderSite(t);
  for (const url of [
    `${site.connectUrl.origin}/auth`,
    `${site.connectUrl.origin}/protocol/openid-connect/token`,
    `${site.issuer}/protocol/openid-connect/logout/confirm`,
    `${site.issuer}/protocol/openid-connect/logout/success`,
    `${site.issuer}/reg`,
    `${site.walletUrl.origin}/protocol/openid-connect/certs`,
    `${site.walletUrl.origin}/.well-known/openid-configuration`,
  ])
    assert.equal((await fetch(url)).status, 404, url);
});

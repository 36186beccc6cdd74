import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { findDemoKey, hintOf, order } from '../support/ciba-client.ts';
import { startTestServer } from '../support/start-test-server.ts';

test('openid-client asks for a person, waits for her answer and reads who it is', async (t) => {
  const server = await startTestServer(t);
  const doctor = 'medecin-deux-lieux';
  const config = await client.discovery(
    new URL('/auth/realms/esante-wallet', server.urls.connect),
    'hygie-demo-ciba',
    undefined,
    client.PrivateKeyJwt(await findDemoKey(server)),
    { execute: [client.allowInsecureRequests] },
  );
  const login_hint = await hintOf(server, doctor);
  const parameters = { scope: 'openid scope_all', login_hint, binding_message: '31', acr_values: 'eidas1' };
  await order(server, doctor, 'approve');
  const asked = await client.initiateBackchannelAuthentication(config, parameters);
  const tokens = await client.pollBackchannelAuthenticationGrant(config, asked);
  const claims = tokens.claims();
  assert.equal(claims?.SubjectNameID, login_hint);
  const told = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
  assert.equal(told.SubjectNameID, login_hint);
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  assert.equal(renewed.claims()?.sub, claims?.sub);

  await order(server, doctor, 'refuse');
  const refused = await client.initiateBackchannelAuthentication(config, parameters);
  await assert.rejects(client.pollBackchannelAuthenticationGrant(config, refused), {
    error: 'access_denied',
  });
});

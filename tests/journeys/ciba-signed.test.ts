import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { issueCertificate } from '../../src/sandbox/pki/certificate.ts';
import { endEntityConstraints } from '../../src/sandbox/pki/extensions.ts';
import { distinguishedName } from '../../src/sandbox/pki/names.ts';
import { addProgram, cibaGrant, cibaPath, hintOf, order } from '../support/ciba-client.ts';
import { askMtls, type MtlsAnswer } from '../support/mtls-client.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const realm = '/auth/realms/esante-wallet';
const doctor = 'medecin-deux-lieux';
const clientId = 'fapi-ciba-program';

/** A client of FAPI-CIBA: signed requests, assertions, tokens that a certificate binds. */
async function openFapiCiba(server: TestServer) {
  const { publicKey, privateKey } = await generateKeyPair('PS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'fapi', alg: 'PS256', use: 'sig' };
  await addProgram(server, clientId, {
    token_endpoint_auth_method: 'private_key_jwt',
    client_secret: undefined,
    jwks: { keys: [jwk] },
    backchannel_authentication_request_signing_alg: 'PS256',
    tls_client_certificate_bound_access_tokens: true,
    id_token_signed_response_alg: 'PS256',
  });
  const certificate = issueCertificate({
    subject: distinguishedName([['commonName', clientId]]),
    notBefore: Date.now() - 60_000,
    notAfter: Date.now() + 3_600_000,
    extensions: [endEntityConstraints()],
  });
  const issuer = new URL(realm, server.urls.connect).href;
  const sign = (payload: JWTPayload, lifetime = '5m') =>
    new SignJWT({ jti: randomUUID(), ...payload })
      .setProtectedHeader({ alg: 'PS256', kid: 'fapi' })
      .setIssuer(clientId)
      .setAudience(issuer)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime(lifetime)
      .sign(privateKey);
  const post = async (path: string, form: Record<string, string>): Promise<MtlsAnswer> =>
    askMtls(server, path, {
      certificate,
      form: {
        ...form,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await sign({ sub: clientId }),
      },
    });
  return { certificate, sign, post, login_hint: await hintOf(server, doctor) };
}

const request = { scope: 'openid scope_all', binding_message: '50', acr_values: 'eidas1' };

testOnOneServer('signed requests (FAPI-CIBA)', {
  'a signed request, and tokens that the certificate binds': async (server) => {
    const { certificate, sign, post, login_hint } = await openFapiCiba(server);
    await order(server, doctor, 'approve');
    const asked = await post(cibaPath, { request: await sign({ ...request, login_hint }) });
    assert.equal(asked.status, 200, asked.text);
    const form = { grant_type: cibaGrant, auth_req_id: String(asked.body.auth_req_id) };
    let answer = await post(`${realm}/protocol/openid-connect/token`, form);
    while (answer.body.error === 'authorization_pending') {
      await wait(1_000);
      answer = await post(`${realm}/protocol/openid-connect/token`, form);
    }
    assert.equal(answer.status, 200, answer.text);
    const headers = { authorization: `Bearer ${answer.body.access_token}` };
    const userinfo = `${realm}/protocol/openid-connect/userinfo`;
    assert.equal((await askMtls(server, userinfo, { certificate, headers })).status, 200);
    assert.equal((await askMtls(server, userinfo, { headers })).status, 401);
  },

  'a plain request, one signed by another key, too old or too long is refused': async (server) => {
    const { sign, post, login_hint } = await openFapiCiba(server);
    const other = await generateKeyPair('PS256');
    const forged = await new SignJWT({ ...request, login_hint, jti: 'x' })
      .setProtectedHeader({ alg: 'PS256', kid: 'fapi' })
      .setIssuer(clientId)
      .setAudience(new URL(realm, server.urls.connect).href)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime('5m')
      .sign(other.privateKey);
    for (const form of [
      { ...request, login_hint },
      { request: forged },
      { request: await sign({ ...request, login_hint }, '-5m') },
      { request: await sign({ ...request, login_hint }, '70m') },
    ]) {
      const { status, body } = await post(cibaPath, form);
      assert.deepEqual([status, body.error], [400, 'invalid_request'], JSON.stringify(body));
    }
  },

  'what stands outside a signed request does not count': async (server) => {
    const { sign, post, login_hint } = await openFapiCiba(server);
    const outside = await post(cibaPath, { request: await sign(request), login_hint });
    assert.deepEqual([outside.status, outside.body.error], [400, 'invalid_request']);
    const unsure = await post(cibaPath, {
      request: await sign({ ...request, login_hint, binding_message: '1' }),
    });
    assert.equal(unsure.body.error, 'invalid_binding_message');
  },
});

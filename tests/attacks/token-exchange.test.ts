import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, SignJWT } from 'jose';
import { issueCertificate } from '../../src/sandbox/pki/certificate.ts';
import { endEntityConstraints, extendedKeyUsage, keyUsage } from '../../src/sandbox/pki/extensions.ts';
import { distinguishedName } from '../../src/sandbox/pki/names.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { redeemDemoCode, signInByApi } from '../support/demo-client.ts';
import {
  claimsOf,
  endpoint,
  exchangeGrant,
  exchangerId,
  getSubjectToken,
  jwtType,
  openExchanger,
  realm,
  signActor,
} from '../support/exchange-client.ts';
import { askMtls, type ClientCertificate, type MtlsAnswer } from '../support/mtls-client.ts';
import { runCommand } from '../support/run-command.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const redirectUri = 'http://localhost:9/callback';
const outcome = ({ status, body }: MtlsAnswer) => [status, body.error];

/** The demo client's certificate under another id, whose tokens are bound to it. */
async function addBoundClient(server: TestServer, directory: string, more: object = {}): Promise<void> {
  const file = join(directory, 'client.json');
  const client = {
    client_id: 'lie',
    client_name: 'Lié',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn:
      'CN=hygie-demo-mtls,OU=318751275100020,O=SERVICE DE DEMONSTRATION,ST=Paris (75),C=FR',
    tls_client_certificate_bound_access_tokens: true,
  };
  await writeFile(file, JSON.stringify({ ...client, ...more }));
  const added = await runCommand(server, 'client', 'add', '--file', file);
  assert.equal(added.code, 0, added.stderr);
}

async function redeemBound(server: TestServer, clientId: string, certificate: ClientCertificate) {
  const { body } = await signInByApi(server, 'infirmier-rpps', { clientId, redirectUri, scope: 'openid' });
  const code = new URL(body.location).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: clientId };
  const redeemed = await askMtls(server, endpoint('token'), { certificate, form });
  assert.equal(redeemed.status, 200, redeemed.text);
  assert.ok(claimsOf(redeemed.body.access_token).cnf);
  return String(redeemed.body.access_token);
}

const dpopClient = {
  client_id: 'dpop',
  client_secret: 'a secret of the client',
  token_endpoint_auth_method: 'client_secret_post',
  tls_client_auth_subject_dn: undefined,
  tls_client_certificate_bound_access_tokens: undefined,
  dpop_bound_access_tokens: true,
};

async function redeemByDpop(server: TestServer): Promise<string> {
  const asked = { clientId: dpopClient.client_id, redirectUri, scope: 'openid' };
  const { body } = await signInByApi(server, 'infirmier-rpps', asked);
  const url = new URL(endpoint('token'), server.urls.connect);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const proof = await new SignJWT({ htm: 'POST', htu: url.href, jti: 'once-only' })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) })
    .setIssuedAt()
    .sign(privateKey);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { dpop: proof },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(body.location).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      client_id: dpopClient.client_id,
      client_secret: dpopClient.client_secret,
    }),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()).access_token;
}

function selfSigned(): ClientCertificate {
  return issueCertificate({
    subject: distinguishedName([['commonName', 'autre']]),
    notBefore: Date.now() - 60_000,
    notAfter: Date.now() + 3_600_000,
    extensions: [endEntityConstraints(), keyUsage('digitalSignature'), extendedKeyUsage('clientAuth')],
  });
}

testOnOneServer('an exchange of tokens gives nothing that it should not', {
  'what a request must not be is named': async (server) => {
    const exchanger = await openExchanger(server);
    const subject = await getSubjectToken(server);
    const wrong: [string, Record<string, string | undefined>][] = [
      ['invalid_request', { subject_token: undefined }],
      ['invalid_request', { subject_token: '' }],
      ['invalid_request', { subject_token_type: undefined }],
      ['invalid_request', { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }],
      ['invalid_request', { subject_issuer: 'https://elsewhere.example' }],
      ['invalid_request', { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
      ['invalid_request', { scope: undefined }],
      ['invalid_request', { actor_token: await exchanger.signActor() }],
      ['invalid_request', { actor_token_type: jwtType }],
      ['invalid_request', { actor_token: await exchanger.signActor(), actor_token_type: 'saml' }],
      ['invalid_scope', { scope: 'demo.lecture openid' }],
      ['invalid_scope', { scope: 'scope_all' }],
      ['invalid_scope', { scope: 'demo.lecture  demo.ecriture' }],
      ['invalid_target', { audience: 'https://other.example' }],
      ['invalid_target', { resource: 'https://api.demo.example' }],
    ];
    for (const [error, parameters] of wrong)
      assert.deepEqual(
        outcome(await exchanger.exchange(subject, parameters)),
        [400, error],
        JSON.stringify(parameters),
      );
  },

  'an actor is who the client vouches for, by its own key, now': async (server) => {
    const exchanger = await openExchanger(server);
    const subject = await getSubjectToken(server);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreign = { privateKeyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
    const past = Math.floor(Date.now() / 1000) - 60;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const actors = [
      await signActor({ ...exchanger.certificate, ...foreign }),
      await exchanger.signActor({ iss: 'hygie-demo' }),
      await exchanger.signActor({ exp: past }),
      await exchanger.signActor({ exp: undefined }),
      await exchanger.signActor({ sub: undefined }),
      await exchanger.signActor({ lps_nom: undefined }),
      await exchanger.signActor({ lps_id: '' }),
      await exchanger.signActor({ lps_version: 42 }),
      `${encode({ alg: 'none' })}.${encode({ iss: exchangerId, sub: 'x', exp: past + 3_600 })}.`,
      'no token',
    ];
    for (const [at, actor] of actors.entries()) {
      const answer = await exchanger.exchange(subject, { actor_token: actor, actor_token_type: jwtType });
      assert.deepEqual(outcome(answer), [400, 'invalid_request'], String(at));
    }
  },

  'only an access token of ours, unchanged and alive, is exchanged': async (server) => {
    const exchanger = await openExchanger(server);
    const tokens = await redeemDemoCode(server, 'infirmier-rpps');
    const good = tokens.access_token;
    const [head = '', body = '', signature = ''] = good.split('.');
    const raised = Buffer.from(Buffer.from(body, 'base64url').toString().replace('eidas', 'EIDAS')).toString(
      'base64url',
    );
    const { body: exchanged } = await exchanger.exchange(good);
    for (const [what, token] of [
      ['another content', `${head}.${raised}.${signature}`],
      ['no signature', `${head}.${body}.`],
      ['an ID token', tokens.id_token],
      ['a refresh token', tokens.refresh_token],
      ['one for an API', String(exchanged.access_token)],
      ['nonsense', 'nonsense'],
    ] as const)
      assert.deepEqual(outcome(await exchanger.exchange(token)), [400, 'invalid_grant'], what);
    const form = { token: good, client_id: 'hygie-demo', client_secret: 'hygie-demo-secret' };
    const revoke = new URL(endpoint('revoke'), server.urls.connect);
    assert.equal((await fetch(revoke, { method: 'POST', body: new URLSearchParams(form) })).status, 200);
    assert.deepEqual(outcome(await exchanger.exchange(good)), [400, 'invalid_grant'], 'revoked');
  },

  'neither one whose session is over, nor one that is too old': async (server) => {
    const exchanger = await openExchanger(server);
    const tokens = await redeemDemoCode(server, 'infirmier-rpps');
    const logout = new URL(endpoint('logout'), server.urls.connect);
    await fetch(logout, { method: 'POST', body: new URLSearchParams({ id_token_hint: tokens.id_token }) });
    assert.deepEqual(outcome(await exchanger.exchange(tokens.access_token)), [400, 'invalid_grant']);
    const old = await getSubjectToken(server);
    await server.api('POST', '/api/clock', { advanceMs: 121_000 });
    assert.deepEqual(outcome(await exchanger.exchange(old)), [400, 'invalid_grant']);
  },

  'a token that is bound to a certificate is exchanged with that certificate only': async (server, t) => {
    const exchanger = await openExchanger(server);
    const directory = await temporaryDirectory(t);
    await addBoundClient(server, directory);
    const own = await redeemBound(server, 'lie', exchanger.certificate);
    const same = await exchanger.exchange(own);
    assert.equal(same.status, 200, same.text);
    const other = selfSigned();
    const { raw, publicKey } = new X509Certificate(other.certificatePem);
    const key = { ...publicKey.export({ format: 'jwk' }), x5c: [raw.toString('base64')] };
    await addBoundClient(server, directory, {
      client_id: 'autre-cle',
      token_endpoint_auth_method: 'self_signed_tls_client_auth',
      tls_client_auth_subject_dn: undefined,
      jwks: { keys: [key] },
    });
    const foreign = await redeemBound(server, 'autre-cle', other);
    assert.deepEqual(outcome(await exchanger.exchange(foreign)), [400, 'invalid_grant']);
  },

  'a token that is bound by DPoP is not exchanged': async (server, t) => {
    const exchanger = await openExchanger(server);
    await addBoundClient(server, await temporaryDirectory(t), dpopClient);
    const token = await redeemByDpop(server);
    assert.ok(claimsOf(token).cnf);
    assert.deepEqual(outcome(await exchanger.exchange(token)), [400, 'invalid_grant']);
  },

  'a client that knows people by pairwise subjects is told no number': async (server, t) => {
    const exchanger = await openExchanger(server);
    await addBoundClient(server, await temporaryDirectory(t), {
      client_id: 'par-secteur',
      subject_type: 'pairwise',
      grant_types: ['authorization_code', exchangeGrant],
      scope: 'demo.lecture',
      api_audience: ['https://api.demo.example'],
    });
    const subject = await getSubjectToken(server);
    const { body, text } = await exchanger.exchange(subject, { client_id: 'par-secteur' });
    const claims = claimsOf(body.access_token);
    const { SubjectNameID: number, sub } = claimsOf(subject);
    assert.notEqual(claims.sub, sub);
    assert.ok(number && !JSON.stringify(claims).includes(String(number)), text);
    assert.equal((await exchanger.introspect(body.access_token)).sub, claims.sub);
  },

  'a service that registers itself cannot give itself the grant': async (server) => {
    const made = await runCommand(server, 'client', 'token', '--json');
    const { token } = JSON.parse(made.stdout);
    const address = new URL(`${realm}/clients-registrations/openid-connect`, server.urls.connect);
    for (const more of [{}, { api_scope: 'demo.lecture', api_audience: ['https://api.demo.example'] }]) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          client_name: 'Moi-même',
          redirect_uris: ['https://soi.example/retour'],
          grant_types: ['authorization_code', exchangeGrant],
          token_endpoint_auth_method: 'tls_client_auth',
          tls_client_auth_subject_dn: 'CN=soi,C=FR',
          ...more,
        }),
      });
      assert.deepEqual([answer.status, (await answer.json()).error], [400, 'invalid_client_metadata']);
    }
  },

  'a client without the grant, without a certificate, or by another means gets nothing': async (
    server,
    t,
  ) => {
    const exchanger = await openExchanger(server);
    const subject = await getSubjectToken(server);
    const form = {
      grant_type: exchangeGrant,
      subject_token: subject,
      subject_token_type: jwtType,
      scope: 'demo.lecture',
    };
    const bare = await askMtls(server, endpoint('token'), { form: { ...form, client_id: exchangerId } });
    assert.deepEqual(outcome(bare), [401, 'invalid_client']);
    const post = (credentials: Record<string, string>) =>
      fetch(new URL(endpoint('token'), server.urls.connect), {
        method: 'POST',
        body: new URLSearchParams({ ...form, ...credentials }),
      });
    const elsewhere = await post({ client_id: exchangerId });
    assert.deepEqual([elsewhere.status, (await elsewhere.json()).error], [401, 'invalid_client']);
    const secret = await post({ client_id: 'hygie-demo', client_secret: 'hygie-demo-secret' });
    assert.deepEqual([secret.status, (await secret.json()).error], [400, 'unauthorized_client']);
    await addBoundClient(server, await temporaryDirectory(t), { client_id: 'sans' });
    const { certificate } = exchanger;
    const without = await askMtls(server, endpoint('token'), {
      certificate,
      form: { ...form, client_id: 'sans' },
    });
    assert.deepEqual(outcome(without), [400, 'unauthorized_client']);
  },

  'a token for an API opens no userinfo, here or there': async (server) => {
    const exchanger = await openExchanger(server);
    const { body } = await exchanger.exchange(await getSubjectToken(server));
    const headers = { authorization: `Bearer ${body.access_token}` };
    const answers = [
      (await fetch(new URL(endpoint('userinfo'), server.urls.connect), { headers })).status,
      (await askMtls(server, endpoint('userinfo'), { certificate: exchanger.certificate, headers })).status,
    ];
    assert.deepEqual(answers, [401, 401]);
  },
});

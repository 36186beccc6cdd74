import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueCertificate } from '../../src/sandbox/pki/certificate.ts';
import { endEntityConstraints, extendedKeyUsage, keyUsage } from '../../src/sandbox/pki/extensions.ts';
import { distinguishedName } from '../../src/sandbox/pki/names.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { signInByApi } from '../support/demo-client.ts';
import { askMtls, type ClientCertificate } from '../support/mtls-client.ts';
import { runCommand } from '../support/run-command.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const realm = '/auth/realms/esante-wallet';
const endpoint = (name: string) => `${realm}/protocol/openid-connect/${name}`;
const redirectUri = 'http://localhost:9/callback';
const clientId = 'hygie-demo-mtls';

interface DemoClient extends ClientCertificate {
  clientId: string;
}

async function getCertificate(server: TestServer): Promise<ClientCertificate> {
  const { body } = await server.api<DemoClient[]>('GET', '/api/clients');
  const found = body.find((client) => client.clientId === clientId);
  assert.ok(found);
  return found;
}

async function getCode(server: TestServer, client = clientId): Promise<string> {
  const asked = { clientId: client, redirectUri, scope: 'openid scope_all' };
  const { body } = await signInByApi(server, 'infirmier-rpps', asked);
  return new URL(body.location).searchParams.get('code') ?? '';
}

async function redeem(server: TestServer, certificate: ClientCertificate | undefined, client = clientId) {
  const code = await getCode(server, client);
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, client_id: client };
  return askMtls(server, endpoint('token'), { certificate, form });
}

const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });
const claimsOf = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());

testOnOneServer('clients with a certificate', {
  'an organisation’s certificate stands in for a secret, at the addresses that discovery names': async (
    server,
  ) => {
    const document = await (
      await fetch(new URL(`${realm}/.well-known/openid-configuration`, server.urls.connect))
    ).json();
    assert.equal(
      document.mtls_endpoint_aliases.token_endpoint,
      new URL(endpoint('token'), server.urls.mtls).href,
    );
    assert.ok(document.token_endpoint_auth_methods_supported.includes('tls_client_auth'));
    assert.equal(document.tls_client_certificate_bound_access_tokens, true);
    const certificate = await getCertificate(server);
    const tokens = await redeem(server, certificate);
    assert.equal(tokens.status, 200, tokens.text);
    const { access_token: token, refresh_token: refreshToken } = tokens.body;
    assert.equal(claimsOf(token).cnf, undefined, 'bound only where the client asks for it');
    const told = await askMtls(server, endpoint('userinfo'), { certificate, headers: bearer(token) });
    assert.equal(told.body.given_name, claimsOf(tokens.body.id_token).given_name);
    const refreshed = await askMtls(server, endpoint('token'), {
      certificate,
      form: { grant_type: 'refresh_token', refresh_token: String(refreshToken), client_id: clientId },
    });
    assert.equal(refreshed.status, 200, refreshed.text);
    const inactive = await askMtls(server, endpoint('token/introspect'), {
      certificate,
      form: { token: 'unknown', client_id: clientId },
    });
    assert.deepEqual(inactive.body, { active: false });
  },

  'no certificate, a person’s, another organisation’s or one’s own is refused': async (server) => {
    const { body } = await server.api<{ card: ClientCertificate }[]>('GET', '/api/personas');
    const own = selfSigned();
    for (const [name, certificate] of [
      ['none', undefined],
      ['a card', body.find(({ card }) => card)?.card],
      ['own', own],
    ] as const) {
      const answer = await redeem(server, certificate);
      assert.equal(answer.status, 401, name);
      assert.equal(answer.body.error, 'invalid_client', name);
    }
    const other = [
      '--name',
      'Autre',
      '--redirect-uri',
      redirectUri,
      '--auth',
      'tls_client_auth',
      '--id',
      'autre',
    ];
    const dn = ['--subject-dn', 'CN=autre,OU=318751275100020,O=AUTRE,ST=Paris (75),C=FR'];
    assert.equal((await runCommand(server, 'client', 'add', ...other, ...dn)).code, 0);
    const answer = await redeem(server, await getCertificate(server), 'autre');
    assert.equal(answer.body.error, 'invalid_client');
  },

  'without TLS a certificate in a header proves nothing': async (server) => {
    const { certificatePem } = await getCertificate(server);
    const code = await getCode(server);
    const answer = await fetch(new URL(endpoint('token'), server.urls.connect), {
      method: 'POST',
      headers: {
        'x-ssl-client-cert': encodeURIComponent(certificatePem),
        'x-client-cert': 'CN=hygie-demo-mtls',
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        client_id: clientId,
      }),
    });
    assert.equal(answer.status, 401);
  },

  'a bound token is good with its certificate only': async (server, t) => {
    const file = join(await temporaryDirectory(t), 'client.json');
    const bound = {
      client_id: 'lie',
      client_name: 'Lié',
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn:
        'CN=hygie-demo-mtls,OU=318751275100020,O=SERVICE DE DEMONSTRATION,ST=Paris (75),C=FR',
      tls_client_certificate_bound_access_tokens: true,
    };
    await writeFile(file, JSON.stringify(bound));
    const added = await runCommand(server, 'client', 'add', '--file', file);
    assert.equal(added.code, 0, added.stderr);
    const certificate = await getCertificate(server);
    const tokens = await redeem(server, certificate, 'lie');
    assert.equal(tokens.status, 200, tokens.text);
    const token = tokens.body.access_token;
    assert.match(claimsOf(token).cnf['x5t#S256'], /^[\w-]{43}$/);
    const headers = bearer(token);
    assert.equal((await askMtls(server, endpoint('userinfo'), { certificate, headers })).status, 200);
    assert.equal((await askMtls(server, endpoint('userinfo'), { headers })).status, 401);
    assert.equal(
      (await askMtls(server, endpoint('userinfo'), { certificate: selfSigned(), headers })).status,
      401,
    );
    assert.equal((await fetch(new URL(endpoint('userinfo'), server.urls.connect), { headers })).status, 401);
  },

  'pages, logout and sign-ins are not there': async (server) => {
    const certificate = await getCertificate(server);
    for (const path of [
      '/',
      endpoint('logout'),
      endpoint('auth'),
      `${realm}/.well-known/openid-configuration`,
    ])
      assert.equal((await askMtls(server, path, { certificate })).status, 404, path);
  },
});

/** The very name of the demo client, by nobody's authority. */
function selfSigned(): ClientCertificate {
  const name = distinguishedName(
    [['country', 'FR']],
    [['state', 'Paris (75)']],
    [['organization', 'SERVICE DE DEMONSTRATION']],
    [['organizationalUnit', '318751275100020']],
    [['commonName', clientId]],
  );
  return issueCertificate({
    subject: name,
    notBefore: Date.now() - 60_000,
    notAfter: Date.now() + 3_600_000,
    extensions: [endEntityConstraints(), keyUsage('digitalSignature'), extendedKeyUsage('clientAuth')],
  });
}

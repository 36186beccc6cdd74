import { X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Database } from '#platform/database/database.ts';
import type { SandboxTables } from './migrations.ts';
import type { CardAuthority } from './pki/index.ts';

/** A client that integrators may use as it is; public knowledge, refused in production. */
export interface DemoClient {
  clientId: string;
  clientSecret: string | null;
  authMethod: 'client_secret_post' | 'private_key_jwt' | 'tls_client_auth';
  certificatePem: string | null;
  privateKeyPem: string | null;
  privateJwk: JWK | null;
}

export const demoClientIds = ['hygie-demo', 'hygie-demo-pkjwt', 'hygie-demo-mtls', 'hygie-demo-ciba'];

const cibaId = 'hygie-demo-ciba';

const organization = { name: 'SERVICE DE DEMONSTRATION', structureId: '318751275100020' };

/** The demo clients; their keys are made the first time. */
export async function openDemoClients(
  database: Database,
  authority: Pick<CardAuthority, 'openOrganization'>,
): Promise<DemoClient[]> {
  return [
    {
      clientId: 'hygie-demo',
      clientSecret: 'hygie-demo-secret',
      authMethod: 'client_secret_post',
      certificatePem: null,
      privateKeyPem: null,
      privateJwk: null,
    },
    await openKeyClient(database, 'hygie-demo-pkjwt'),
    await openCertificateClient(authority, 'hygie-demo-mtls'),
    await openKeyClient(database, cibaId),
  ];
}

async function openCertificateClient(
  authority: Pick<CardAuthority, 'openOrganization'>,
  clientId: string,
): Promise<DemoClient> {
  const { certificatePem, privateKeyPem } = await authority.openOrganization({
    ...organization,
    commonName: clientId,
  });
  return {
    clientId,
    clientSecret: null,
    authMethod: 'tls_client_auth',
    certificatePem,
    privateKeyPem,
    privateJwk: null,
  };
}

async function openKeyClient(database: Database, clientId: string): Promise<DemoClient> {
  const privateJwk = (await findKey(database, clientId)) ?? (await createKey(database, clientId));
  return {
    clientId,
    clientSecret: null,
    authMethod: 'private_key_jwt',
    certificatePem: null,
    privateKeyPem: await formatPkcs8(privateJwk),
    privateJwk,
  };
}

async function formatPkcs8(jwk: JWK): Promise<string> {
  const key = await importJWK(jwk, algorithm, { extractable: true });
  if (key instanceof Uint8Array) throw new Error('the key of a demo client is not a key pair');
  return exportPKCS8(key);
}

async function findKey(database: Database, clientId: string): Promise<JWK | undefined> {
  const row = await database
    .as<SandboxTables>()
    .selectFrom('sandbox_client_key')
    .select('private_jwk')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row && (JSON.parse(row.private_jwk) as JWK);
}

const algorithm = 'ES256';

async function createKey(database: Database, clientId: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const privateJwk = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' };
  const row = { client_id: clientId, private_jwk: JSON.stringify(privateJwk) };
  await database.write((unit) =>
    unit
      .as<SandboxTables>()
      .insertInto('sandbox_client_key')
      .values(row)
      .onConflict((conflict) => conflict.column('client_id').doNothing())
      .execute(),
  );
  return (await findKey(database, clientId)) ?? privateJwk;
}

/** A demo client as the provider registers it (RFC 7591): any address on loopback, for any developer's machine. */
export type DemoRegistration = {
  client_id: string;
  client_name: string;
  token_endpoint_auth_method: DemoClient['authMethod'];
  client_secret?: string;
  jwks?: { keys: JWK[] };
  tls_client_auth_subject_dn?: string;
  grant_types?: string[];
  scope?: string;
  api_audience?: string[];
} & (BrowserClient | ProgramClient);

type BrowserClient = {
  initiate_login_uri: string;
  loopback_redirects: true;
};

/** It asks for people by CIBA alone and has no page. */
type ProgramClient = {
  grant_types: string[];
  response_types: [];
  redirect_uris: [];
  backchannel_token_delivery_mode: 'poll';
};

export function toRegistration({
  clientId,
  clientSecret,
  authMethod,
  certificatePem,
  privateJwk,
}: DemoClient): DemoRegistration {
  return {
    client_id: clientId,
    client_name: 'Service de démonstration',
    token_endpoint_auth_method: authMethod,
    ...(clientSecret === null ? {} : { client_secret: clientSecret }),
    ...(privateJwk === null ? {} : { jwks: { keys: [publicPart(privateJwk)] } }),
    ...(certificatePem === null ? {} : certificateMembers(clientId, certificatePem)),
    ...(clientId === cibaId ? programClient : { initiate_login_uri: '/login', loopback_redirects: true }),
  };
}

const programClient: ProgramClient = {
  grant_types: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
  response_types: [],
  redirect_uris: [],
  backchannel_token_delivery_mode: 'poll',
};

/** It signs people in, and exchanges their tokens for an API of demonstration; its certificate's key signs actor tokens. */
function certificateMembers(clientId: string, certificatePem: string) {
  const jwk = new X509Certificate(certificatePem).publicKey.export({ format: 'jwk' }) as JWK;
  return {
    tls_client_auth_subject_dn: subjectOf(clientId),
    jwks: { keys: [{ ...jwk, use: 'sig' }] },
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    scope: 'demo.lecture demo.ecriture',
    api_audience: ['https://api.demo.example'],
  };
}

/** RFC 4514, of the certificate that `openOrganization` gives. */
const subjectOf = (clientId: string): string =>
  `CN=${clientId},OU=${organization.structureId},O=${organization.name},ST=Paris (75),C=FR`;

function publicPart({ d: _, ...jwk }: JWK): JWK {
  return jwk;
}

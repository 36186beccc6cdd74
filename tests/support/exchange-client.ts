import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { redeemDemoCode } from './demo-client.ts';
import { askMtls, type ClientCertificate, type MtlsAnswer } from './mtls-client.ts';
import type { TestServer } from './start-test-server.ts';

export const realm = '/auth/realms/esante-wallet';
export const endpoint = (name: string) => `${realm}/protocol/openid-connect/${name}`;
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const jwtType = 'urn:ietf:params:oauth:token-type:jwt';
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
export const exchangerId = 'hygie-demo-mtls';

/** The certificate of the demo client that exchanges. */
export async function getCertificate(server: TestServer): Promise<ClientCertificate> {
  const { body } = await server.api<(ClientCertificate & { clientId: string })[]>('GET', '/api/clients');
  const found = body.find(({ clientId }) => clientId === exchangerId);
  assert.ok(found);
  return found;
}

/** An access token of the service `hygie-demo`, which is not the one that exchanges. */
export async function getSubjectToken(server: TestServer, more: object = {}): Promise<string> {
  return (await redeemDemoCode(server, 'infirmier-rpps', more)).access_token;
}

export interface Exchanger {
  certificate: ClientCertificate;
  /** Parameters replace or add, `undefined` leaves one out. */
  exchange(subjectToken: string, parameters?: Record<string, string | undefined>): Promise<MtlsAnswer>;
  introspect(token: unknown): Promise<Record<string, unknown>>;
  /** Claims replace or add, `undefined` leaves one out. */
  signActor(claims?: Record<string, unknown>): Promise<string>;
}

export async function openExchanger(server: TestServer): Promise<Exchanger> {
  const certificate = await getCertificate(server);
  return {
    certificate,
    async exchange(subjectToken, parameters = {}) {
      const form = {
        grant_type: exchangeGrant,
        client_id: exchangerId,
        subject_token: subjectToken,
        subject_token_type: jwtType,
        scope: 'demo.lecture',
        ...parameters,
      };
      return askMtls(server, endpoint('token'), { certificate, form: withoutAbsent(form) });
    },
    async introspect(token) {
      const form = { token: String(token), client_id: exchangerId };
      return (await askMtls(server, endpoint('token/introspect'), { certificate, form })).body;
    },
    signActor: (claims = {}) => signActor(certificate, claims),
  };
}

function withoutAbsent(form: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** As the guide's, by the key of a certificate. */
export async function signActor(
  { privateKeyPem }: ClientCertificate,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const key = createPrivateKey(privateKeyPem);
  const alg = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: exchangerId,
    sub: 'poste-12',
    exp: now + 60,
    lps_nom: 'Logiciel de soins',
    lps_id: 'LPS-1',
    lps_version: '4.2',
    situation_exercice: '1000000001',
    ...claims,
  })
    .setProtectedHeader({ alg })
    .sign(key);
}

export const claimsOf = (token: unknown) => decodeJwt(String(token));

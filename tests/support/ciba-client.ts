import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { importJWK, type JWK, SignJWT } from 'jose';
import { runCommand } from './run-command.ts';
import type { TestServer } from './start-test-server.ts';

const issuerPath = '/auth/realms/esante-wallet';
export const cibaPath = `${issuerPath}/protocol/openid-connect/ext/ciba/auth`;
export const cibaGrant = 'urn:openid:params:grant-type:ciba';
const cibaId = 'hygie-demo-ciba';

export interface CibaAnswer {
  status: number;
  body: Record<string, unknown> & { error?: string; auth_req_id?: string; access_token?: string };
}

export interface CibaClient {
  /** A request for a person; parameters replace or add, `undefined` leaves one out. */
  ask(parameters?: Record<string, string | undefined>): Promise<CibaAnswer>;
  /** Asks once how it stands. */
  poll(authReqId: string): Promise<CibaAnswer>;
  /** Asks at the interval until it is decided. */
  wait(authReqId: string): Promise<CibaAnswer>;
}

/** The program of a service, written by hand: `authenticate` gives what proves who it is. */
export function createCibaClient(
  server: TestServer,
  authenticate: () => Promise<Record<string, string>> | Record<string, string>,
): CibaClient {
  const post = async (path: string, form: Record<string, string>): Promise<CibaAnswer> => {
    const body = new URLSearchParams({ ...form, ...(await authenticate()) });
    const answer = await fetch(new URL(path, server.urls.connect), { method: 'POST', body });
    return { status: answer.status, body: await answer.json() };
  };
  const poll = (authReqId: string) =>
    post(`${issuerPath}/protocol/openid-connect/token`, { grant_type: cibaGrant, auth_req_id: authReqId });
  return {
    poll,
    ask: (parameters = {}) => post(cibaPath, formOf(parameters)),
    async wait(authReqId) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const answer = await poll(authReqId);
        if (answer.body.error !== 'authorization_pending' || Date.now() > deadline) return answer;
        await wait(1_000);
      }
    },
  };
}

/** As Pro Santé Connect's own sample asks (pro-sante-connect.md 3). */
function formOf(parameters: Record<string, string | undefined>): Record<string, string> {
  const form = {
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    binding_message: '07',
    channel: 'MOBILE',
    ...parameters,
  };
  return Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => !!entry[1]));
}

/** The demo client, by its key of `GET /api/clients`. */
export async function openDemoCiba(server: TestServer): Promise<CibaClient> {
  const { key, kid } = await findDemoKey(server);
  const audience = new URL(issuerPath, server.urls.connect).href;
  return createCibaClient(server, async () => ({
    client_id: cibaId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(cibaId)
      .setSubject(cibaId)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(key),
  }));
}

export async function findDemoKey(server: TestServer): Promise<{ key: CryptoKey; kid: string }> {
  type Client = { clientId: string; privateJwk: JWK };
  const { body } = await server.api<Client[]>('GET', '/api/clients');
  const jwk = body.find(({ clientId }) => clientId === cibaId)?.privateJwk;
  assert.ok(jwk?.kid);
  return { key: (await importJWK(jwk, 'ES256')) as CryptoKey, kid: jwk.kid };
}

/** The id of a request that was accepted. */
export function idOf({ status, body }: CibaAnswer): string {
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(body.auth_req_id);
  return body.auth_req_id;
}

/** Number of a persona's e-CPS, with its prefix. */
export async function hintOf(server: TestServer, slug: string): Promise<string> {
  type Persona = { slug: string; nationalId: string; adeli: string | null };
  const { body } = await server.api<Persona[]>('GET', '/api/personas');
  const persona = body.find((candidate) => candidate.slug === slug);
  assert.ok(persona, slug);
  return `${persona.adeli ? '0' : '8'}${persona.nationalId}`;
}

export function order(server: TestServer, persona: string, behaviour: string, more: object = {}) {
  return server.api('POST', '/api/ecps', { persona, behaviour, ...more });
}

const client_secret = 'a secret of another program';

/** A second program with a secret, registered by an operator; `metadata` replaces or adds. */
export async function addProgram(
  server: TestServer,
  client_id: string,
  metadata: object = {},
): Promise<CibaClient> {
  const registration = {
    ...{ client_id, client_name: client_id, client_secret, redirect_uris: [], response_types: [] },
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: [cibaGrant],
    backchannel_token_delivery_mode: 'poll',
    ...metadata,
  };
  const file = join(server.dataDir, `${client_id}.json`);
  await writeFile(file, JSON.stringify(registration));
  const { code, stderr } = await runCommand(server, 'client', 'add', '--file', file);
  assert.equal(code, 0, stderr);
  return createCibaClient(server, () => ({ client_id, client_secret }));
}

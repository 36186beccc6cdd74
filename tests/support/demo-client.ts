import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { TestServer } from './start-test-server.ts';

const redirectUri = 'http://127.0.0.1:9/callback';
const realm = '/auth/realms/esante-wallet/protocol/openid-connect';

/** Userinfo under the scopes `scope_all` and `repair`; what tests read by name. */
export interface UserInfo {
  [claim: string]: unknown;
  SubjectNameID: string;
  family_name: string;
  given_name: string;
  repair: {
    cause: string | null;
    uri: string;
    steps: string[];
    chain: {
      signedIn: { method: string; kind: string };
      directory: { rpps: string | null; places: number | null; asOf: string | null };
      ecps: string;
    };
  };
}

function newVerifier() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** `POST /api/sign-in` for the client `hygie-demo`; `more` replaces or adds. */
export function signInByApi(server: TestServer, persona: string, more: object = {}) {
  const body = {
    persona,
    clientId: 'hygie-demo',
    redirectUri,
    scope: 'openid scope_all repair',
    method: 'card',
  };
  return server.api<{ location: string; code: string; field: string }>('POST', '/api/sign-in', {
    ...body,
    ...more,
  });
}

export interface DemoTokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
}

/** Signs a persona in as `hygie-demo` and redeems the code; `more` is of the sign-in. */
export async function redeemDemoCode(
  server: TestServer,
  persona: string,
  more: object = {},
): Promise<DemoTokens> {
  const { verifier, challenge } = newVerifier();
  const answer = await signInByApi(server, persona, {
    ...{ state: 's-1', nonce: 'n-1', codeChallenge: challenge },
    ...more,
  });
  assert.equal(answer.status, 200, `${persona}: ${JSON.stringify(answer.body)}`);
  const location = new URL(answer.body.location);
  assert.equal(location.searchParams.get('state'), 's-1');
  const tokens = await fetch(new URL(`${realm}/token`, server.urls.connect), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: location.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_id: 'hygie-demo',
      client_secret: 'hygie-demo-secret',
    }),
  });
  assert.equal(tokens.status, 200, await tokens.clone().text());
  return (await tokens.json()) as DemoTokens;
}

/** Signs a persona in and asks who it is, as a client does; `more` is of the sign-in. */
export async function readUserInfo(
  server: TestServer,
  persona: string,
  more: object = {},
): Promise<UserInfo> {
  const { access_token: token } = await redeemDemoCode(server, persona, more);
  const headers = { authorization: `Bearer ${token}` };
  const answered = await fetch(new URL(`${realm}/userinfo`, server.urls.connect), { headers });
  return (await answered.json()) as UserInfo;
}

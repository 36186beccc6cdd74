import { createHash, randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import { createBrowser, expectStatus, readRedirect, send } from './http-client.ts';

/** A service at a provider. */
export interface SignInTarget {
  authorizationUrl: string;
  tokenUrl: string;
  userinfoUrl: string;
  introspectionUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

export interface SignedIn {
  accessToken: string;
  idToken: string;
  refreshToken: string;
  /** The body of userinfo, as it came. */
  userinfo: string;
}

export interface SignInClient {
  signIn(): Promise<SignedIn>;
  close(): void;
}

/** What a service keeps between its request and the answer. */
export interface ServiceRequest {
  url: URL;
  state: string;
  verifier: string;
}

/**
 * A browser and a service in one, with a fresh cookie jar for each sign-in. Five requests: authorization, the outcome
 * of a card verification, resume, token, userinfo.
 */
export function createSignInClient(target: SignInTarget, connections: number): SignInClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    async signIn() {
      const asked = createServiceRequest(target);
      const browse = createBrowser(agent);
      const page = readRedirect(await browse(asked.url), asked.url);
      const code = randomBytes(20).toString('hex');
      const card = new URL(`${page.pathname}/carte/retour?code=${code}`, page);
      const resume = readRedirect(await browse(card), card);
      return redeem(agent, target, asked, readRedirect(await browse(resume), resume));
    },
    close: () => agent.destroy(),
  };
}

export function createServiceRequest(target: SignInTarget): ServiceRequest {
  const random = () => randomBytes(16).toString('base64url');
  const [state, verifier] = [random(), randomBytes(32).toString('base64url')];
  const url = new URL(target.authorizationUrl);
  url.search = new URLSearchParams({
    client_id: target.clientId,
    redirect_uri: target.redirectUri,
    response_type: 'code',
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    state,
    nonce: random(),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { url, state, verifier };
}

/** What the service does with the answer that came to its redirect URI: token and userinfo requests. */
export async function redeem(
  agent: Agent,
  target: SignInTarget,
  { state, verifier }: ServiceRequest,
  { searchParams }: URL,
): Promise<SignedIn> {
  const code = searchParams.get('code');
  if (!code || searchParams.get('state') !== state) throw new Error(`No code: ${searchParams}`);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: target.redirectUri,
    code_verifier: verifier,
    client_id: target.clientId,
    client_secret: target.clientSecret,
  });
  const tokens = await send(agent, new URL(target.tokenUrl), {}, body.toString());
  const given = JSON.parse(expectStatus(tokens, 200).body);
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = given;
  const userinfo = await send(agent, new URL(target.userinfoUrl), { authorization: `Bearer ${accessToken}` });
  return { accessToken, idToken, refreshToken, userinfo: expectStatus(userinfo, 200).body };
}

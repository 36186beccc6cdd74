import { createHash, randomBytes } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** A service at a provider. */
export interface SignInTarget {
  authorizationUrl: string;
  tokenUrl: string;
  userinfoUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

export interface SignedIn {
  accessToken: string;
  idToken: string;
  /** The body of userinfo, as it came. */
  userinfo: string;
}

export interface SignInClient {
  signIn(): Promise<SignedIn>;
  close(): void;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * A browser and a service in one, with a fresh cookie jar for each sign-in. Five requests: authorization, the outcome
 * of a card verification, resume, token, userinfo.
 */
export function createSignInClient(target: SignInTarget, connections: number): SignInClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    async signIn() {
      const random = () => randomBytes(16).toString('base64url');
      const request = { state: random(), nonce: random(), verifier: randomBytes(32).toString('base64url') };
      const code = await authorize(agent, target, request);
      return redeem(agent, target, code, request.verifier);
    },
    close: () => agent.destroy(),
  };
}

async function authorize(
  agent: Agent,
  target: SignInTarget,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
): Promise<string> {
  const url = new URL(target.authorizationUrl);
  url.search = new URLSearchParams({
    client_id: target.clientId,
    redirect_uri: target.redirectUri,
    response_type: 'code',
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const visit = createBrowser(agent);
  const page = await visit(url);
  const resume = await visit(
    new URL(`${page.pathname}/carte/retour?code=${randomBytes(20).toString('hex')}`, url),
  );
  const answer = (await visit(resume)).searchParams;
  const code = answer.get('code');
  if (!code || answer.get('state') !== state) throw new Error(`No code: ${answer}`);
  return code;
}

async function redeem(agent: Agent, target: SignInTarget, code: string, verifier: string): Promise<SignedIn> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: target.redirectUri,
    code_verifier: verifier,
    client_id: target.clientId,
    client_secret: target.clientSecret,
  });
  const tokens = await send(agent, new URL(target.tokenUrl), {}, body.toString());
  const { access_token: accessToken, id_token: idToken } = JSON.parse(expectStatus(tokens, 200).body);
  const userinfo = await send(agent, new URL(target.userinfoUrl), { authorization: `Bearer ${accessToken}` });
  return { accessToken, idToken, userinfo: expectStatus(userinfo, 200).body };
}

/** Visits addresses with the cookies it was given, and tells where each one redirects to. */
function createBrowser(agent: Agent): (url: URL) => Promise<URL> {
  const cookies = new Map<string, string>();
  return async (url) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = expectStatus(await send(agent, url, cookie ? { cookie } : {}), 303);
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return new URL(answer.headers.location ?? '', url);
  };
}

function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} in place of ${status}: ${answer.body}`);
  return answer;
}

function send(agent: Agent, url: URL, headers: Record<string, string>, form?: string): Promise<Answer> {
  const content = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const method = form === undefined ? 'GET' : 'POST';
    const sent = request(url, { agent, method, headers: { ...headers, ...content } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(form);
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt } from 'jose';
import type { Client } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { redirect } from './hosts.ts';
import { readForm } from './read-form.ts';
import type { Sessions } from './sessions.ts';

/** What a service sends to sign somebody out (OpenID Connect RP-Initiated Logout 1.0 section 2). */
export interface LogoutRequest {
  idTokenHint?: string;
  clientId?: string;
  postLogoutRedirectUri?: string;
  state?: string;
  uiLocales?: string;
}

/** Refused with OAuth's shape of error; the description names the parameter. */
export class LogoutRefused extends Error {
  override name = 'LogoutRefused';
}

/**
 * Logout at connect, by browser or from server to server: no cookie, the hint names the session by its `sid`, and may
 * have expired, since ID tokens live two minutes (pro-sante-connect.md 4.1). Without a hint the person is asked, on wallet.
 * @returns true where the browser is to see a page that says it is signed out.
 */
export function createConnectLogout(provider: Provider, sessions: Sessions, walletUrl: URL) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    try {
      const request = parseLogoutRequest(await readParameters(req));
      if (!request.idTokenHint) {
        redirect(res, confirmationUrl(request, walletUrl));
        return false;
      }
      const location = await endHintedSession(provider, sessions, request);
      if (location) redirect(res, location);
      else if (wantsPage(req)) return true;
      else res.writeHead(200, { 'content-length': 0, 'cache-control': 'no-store' }).end();
    } catch (error) {
      if (!(error instanceof LogoutRefused)) throw error;
      answerRefusal(res, error);
    }
    return false;
  };
}

export function parseLogoutRequest(parameters: URLSearchParams): LogoutRequest {
  const one = (name: string) => {
    const [value, ...more] = parameters.getAll(name).filter((text) => text !== '');
    if (more.length > 0) throw new LogoutRefused(`${name} must not be given twice`);
    return value;
  };
  const given = {
    idTokenHint: one('id_token_hint'),
    clientId: one('client_id'),
    postLogoutRedirectUri: one('post_logout_redirect_uri'),
    state: one('state'),
    uiLocales: one('ui_locales'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Where the browser goes afterwards: only to an address that the client registered. */
export function returnAddress(client: Client | undefined, request: LogoutRequest): string | undefined {
  const { postLogoutRedirectUri, state } = request;
  if (!client || postLogoutRedirectUri === undefined) return undefined;
  if (!client.postLogoutRedirectUriAllowed(postLogoutRedirectUri))
    throw new LogoutRefused('post_logout_redirect_uri not registered');
  const url = new URL(postLogoutRedirectUri);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

async function endHintedSession(
  provider: Provider,
  sessions: Sessions,
  request: LogoutRequest,
): Promise<string | undefined> {
  const { client, payload } = await verifyHint(provider, request);
  const location = returnAddress(client, request);
  const session = await provider.Session.findByUid(String(payload.sid));
  // A pairwise subject is nobody else's: only we can have signed it beside this `sid`.
  const isHers = client.subjectType === 'pairwise' || session?.accountId === payload.sub;
  if (session && isHers) await sessions.end(session.uid, 'relying_party');
  return location;
}

async function verifyHint(provider: Provider, { idTokenHint = '', clientId }: LogoutRequest) {
  const client = await provider.Client.find(audienceOf(idTokenHint));
  if (!client) throw new LogoutRefused('id_token_hint is not valid');
  if (clientId !== undefined && clientId !== client.clientId)
    throw new LogoutRefused('client_id does not match the provided id_token_hint');
  const validated = await provider.IdToken.validate(idTokenHint, client).catch(() => undefined);
  // Only an ID token will do: an access token is signed by the same key.
  if (validated?.payload.typ !== 'ID') throw new LogoutRefused('id_token_hint is not valid');
  return { client, payload: validated.payload };
}

function audienceOf(hint: string): string {
  try {
    return String(decodeJwt(hint).aud);
  } catch {
    return '';
  }
}

function confirmationUrl(
  { clientId, postLogoutRedirectUri, state, uiLocales }: LogoutRequest,
  walletUrl: URL,
): string {
  const url = new URL('/deconnexion', walletUrl);
  const parameters = {
    client_id: clientId,
    post_logout_redirect_uri: postLogoutRedirectUri,
    state,
    ui_locales: uiLocales,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

async function readParameters(req: IncomingMessage): Promise<URLSearchParams> {
  if (req.method !== 'POST') return new URL(req.url ?? '/', 'http://connect').searchParams;
  const form = await readForm(req);
  if (form === undefined) throw new LogoutRefused('the body is too large');
  return new URLSearchParams(form);
}

function wantsPage(req: IncomingMessage): boolean {
  return (req.headers.accept ?? '').includes('text/html');
}

function answerRefusal(res: ServerResponse, error: LogoutRefused): void {
  const body = JSON.stringify({ error: 'invalid_request', error_description: error.message });
  res
    .writeHead(400, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(body);
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { NodeHandler } from '#platform/http/create-site.ts';
import { nameRoute } from '#platform/http/log-requests.ts';
import { referenceOf } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import { discoveryPath, routes } from './configuration.ts';
import type { Lane } from './lanes/lane.ts';
import { readForm } from './read-form.ts';

/**
 * One provider, two hosts. Each listener has pinned `Host` before; what a handler leaves goes to that listener's
 * pages. A page that the library would serve is one of ours: the request goes on to the pages with what there is to say.
 */
export type LibraryPage = { kind: 'error'; error: ErrorOut; cause: unknown } | { kind: 'signed_out' };

const pending = new WeakMap<object, LibraryPage>();

/** What there is to say on the page for this request. */
export function findLibraryPage(req: object): LibraryPage | undefined {
  return pending.get(req);
}

/** `renderError` of the library: JSON on connect, a page on wallet. */
export function leaveErrorToPages(ctx: KoaContextWithOIDC, error: ErrorOut, cause: unknown): void {
  if (ctx.oidc.route === 'authorization' || ctx.oidc.route === 'resume') {
    pending.set(ctx.req, { kind: 'error', error, cause });
    ctx.respond = false;
  } else {
    ctx.type = 'json';
    ctx.body = error;
  }
}

/** Keycloak's own authorization path (pro-sante-connect.md 1.1). */
const keycloakAuthorization = '/protocol/openid-connect/auth';

const reads = ['GET', 'HEAD'];
/** What lies below the issuer, and the methods of each. */
export const protocolPaths: ReadonlyMap<string, readonly string[]> = new Map([
  [discoveryPath, reads],
  [keycloakAuthorization, reads],
  [routes.token, ['POST']],
  [routes.userinfo, [...reads, 'POST']],
  [routes.jwks, reads],
  [routes.introspection, ['POST']],
  [routes.revocation, ['POST']],
  [routes.pushed_authorization_request, ['POST']],
  [routes.backchannel_authentication, ['POST']],
  [routes.registration, ['POST']],
  [routes.end_session, [...reads, 'POST']],
]);

export interface ConnectHandlerOptions {
  provider: Provider;
  walletUrl: URL;
  /** Server-side logout; true where the browser is to see that it is signed out. */
  logout(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  logger: Logger;
  /** By path. */
  lanes: ReadonlyMap<string, Lane>;
}

interface LocalTarget {
  /** Below the issuer. */
  path: string;
  search: string;
}

/** The library as it is entered below the issuer's path, without cookies. */
export function createLibraryEntry(provider: Provider) {
  const mount = new URL(provider.issuer).pathname;
  const library = provider.callback();
  return {
    findLocal(req: IncomingMessage): LocalTarget | undefined {
      const { path, search } = splitTarget(req);
      if (!path.startsWith(`${mount}/`)) return undefined;
      delete req.headers.cookie;
      return { path: path.slice(mount.length).replace('/wallet-openid-', '/openid-'), search };
    },

    answer(req: IncomingMessage, res: ServerResponse, { path, search }: LocalTarget): void {
      if (path === routes.userinfo) echoInteractionId(req, res);
      req.url = path + search;
      // The library takes its mount from the difference of the two.
      Object.assign(req, { originalUrl: mount + req.url });
      void library(req, res);
    },
  };
}

/** FAPI 1.0 part 1 section 6.2.1, item 11: a resource gives back the id of the interaction; it makes none. */
function echoInteractionId({ headers }: IncomingMessage, res: ServerResponse): void {
  const id = headers['x-fapi-interaction-id'];
  if (typeof id === 'string' && /^[\w-]{1,64}$/.test(id)) res.setHeader('x-fapi-interaction-id', id);
}

/** Connect: everything below the issuer that is not a page. It sets and reads no cookie. */
export function createConnectHandler(options: ConnectHandlerOptions, app: Hono<AppEnv>): NodeHandler {
  const { provider, walletUrl } = options;
  const entry = createLibraryEntry(provider);
  const pages = getRequestListener(app.fetch);
  return (req, res) => {
    const local = entry.findLocal(req);
    const methods = local && protocolPaths.get(local.path);
    if (!local || !methods) return false;
    nameRoute(req, local.path);
    if (!methods.includes(req.method ?? '')) refuseMethod(res, methods);
    else if (local.path === routes.end_session) void answerLogout(req, res, options, pages);
    else if (local.path === keycloakAuthorization)
      redirect(res, new URL(`${routes.authorization}${local.search}`, walletUrl).href);
    else void answerShortest(req, res, local);
    return true;
  };

  async function answerShortest(req: IncomingMessage, res: ServerResponse, local: LocalTarget) {
    if (!(await isAnsweredByLane(req, res, local))) entry.answer(req, res, local);
  }

  /** What fails in a lane fails again in the library, which says so. */
  async function isAnsweredByLane(req: IncomingMessage, res: ServerResponse, { path }: LocalTarget) {
    const lane = options.lanes.get(path);
    if (!lane) return false;
    if (path === routes.userinfo) echoInteractionId(req, res);
    return lane(req, res).catch(() => res.headersSent);
  }
}

/** RFC 9110 section 15.5.6, as OAuth tells errors. */
export function refuseMethod(res: ServerResponse, methods: readonly string[]): void {
  const error = { error: 'invalid_request', error_description: 'This address has no such method' };
  res.writeHead(405, {
    allow: methods.join(', '),
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  res.end(JSON.stringify(error));
}

/** Wallet: the authorization endpoint and its resume path, for browsers. */
export function createWalletHandler(provider: Provider, app: Hono<AppEnv>): NodeHandler {
  const library = provider.callback();
  const pages = getRequestListener(app.fetch);
  return (req, res) => {
    const { path, search } = splitTarget(req);
    if (req.method === 'POST' && /^\/auth\/?$/.test(path)) {
      void redirectForm(req, res, search);
      return true;
    }
    if (!/^\/auth(\/[\w-]*)?$/.test(path) || !reads.includes(req.method ?? '')) return false;
    nameRoute(req, path === '/auth' ? path : '/auth/:uid');
    // The page that posts an answer to a client runs a script; the library adds its hash.
    res.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; frame-ancestors 'none'");
    res.setHeader('referrer-policy', 'same-origin');
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('x-frame-options', 'DENY');
    void library(req, res).then(() => findLibraryPage(req) && pages(req, res));
    return true;
  };
}

/**
 * A posted authorization request (OpenID Connect Core 1.0 section 3.1.2.1) goes on as a navigation: a browser sends no
 * cookie of ours with a form of another site.
 */
async function redirectForm(req: IncomingMessage, res: ServerResponse, search: string): Promise<void> {
  nameRoute(req, routes.authorization);
  const form = await readForm(req);
  if (form === undefined) res.writeHead(413, { 'content-length': 0, connection: 'close' }).end();
  else redirect(res, `${routes.authorization}?${[search.slice(1), form].filter(Boolean).join('&')}`);
}

async function answerLogout(
  req: IncomingMessage,
  res: ServerResponse,
  { logout, logger }: ConnectHandlerOptions,
  pages: RequestListener,
): Promise<void> {
  try {
    if (!(await logout(req, res))) return;
    pending.set(req, { kind: 'signed_out' });
    // The page is the same for a form post, whose body has been read.
    req.method = 'GET';
    pages(req, res);
  } catch (error) {
    const reference = referenceOf(req);
    logger.error({ reference, err: error }, 'logout failed');
    res.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify(serverError(reference)));
  }
}

/** Our own fault, as OAuth tells it (RFC 6749 section 4.1.2.1). */
export function serverError(reference: string): ErrorOut {
  return { error: 'server_error', error_description: `Something failed here, reference ${reference}` };
}

export function redirect(res: ServerResponse, location: string): void {
  res.writeHead(303, { location, 'cache-control': 'no-store' }).end();
}

function splitTarget({ url = '/' }: IncomingMessage): { path: string; search: string } {
  const at = url.indexOf('?');
  return at === -1 ? { path: url, search: '' } : { path: url.slice(0, at), search: url.slice(at) };
}

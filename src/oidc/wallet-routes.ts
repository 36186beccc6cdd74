import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, Hono } from 'hono';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { renderFailure } from '#platform/http/error-page.ts';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import { referenceOf } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { findLibraryPage } from './hosts.ts';
import { LogoutRefused, parseLogoutRequest, returnAddress } from './logout.ts';
import {
  renderAuthorizationError,
  renderExpired,
  renderSignedOut,
  renderSignInRefused,
  renderSignOut,
  renderSignOutRefused,
  type StartingPoint,
} from './pages.ts';
import type { Sessions, SignInRepairs } from './sessions.ts';
import type { WalletSignIn } from './wallet-sign-in.ts';

export interface WalletRoutesDependencies {
  provider: Provider;
  sessions: Sessions;
  signIn: WalletSignIn;
  start: StartingPoint;
  repairs: SignInRepairs | undefined;
  /** Drops the session's cookie; its row is gone by then. */
  clearSessionCookie(c: Context<AppEnv>): void;
}

/** Wallet's pages around the library: its errors, signing out, and the return from a sign-in for wallet itself. */
export function createWalletRoutes(dependencies: WalletRoutesDependencies): Hono<AppEnv> {
  const { provider, signIn, start } = dependencies;
  const routes = new Hono<AppEnv>();
  for (const path of ['/auth', '/auth/', '/auth/:uid']) {
    routes.get(path, (c) => {
      const page = findLibraryPage(c.env.incoming);
      if (page?.kind !== 'error') return c.notFound();
      const { error, cause } = page;
      if (error.error === 'server_error') return renderFailure(c, referenceOf(c.env.incoming), cause);
      return isExpired(error) ? renderExpired(c, start) : renderAuthorizationError(c, error, start);
    });
  }
  routes.get(signIn.returnPath, async (c) => {
    const path = signIn.parseReturnTo(c.req.query('state'));
    return c.req.query('error') ? renderSignInRefused(c, signIn.url(path)) : c.redirect(path, 303);
  });
  routes.get('/deconnexion', (c) => confirmSignOut(c, provider));
  routes.post('/deconnexion', (c) => signOut(c, dependencies));
  routes.get('/deconnexion/terminee', (c) => renderSignedOut(c, start));
  return routes;
}

/** Connect's one page: signed out by a service, in a browser. */
export function createConnectRoutes(logoutPath: string, start: StartingPoint): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(logoutPath, (c) =>
    findLibraryPage(c.env.incoming)?.kind === 'signed_out' ? renderSignedOut(c, start) : c.notFound(),
  );
  return routes;
}

/** Node's own request and response behind a Hono context. */
export function nodeExchange(c: Context<AppEnv>): [IncomingMessage, ServerResponse] {
  return [c.env.incoming as IncomingMessage, c.env.outgoing as ServerResponse];
}

function isExpired({ error, error_description }: { error: string; error_description?: string | undefined }) {
  return error === 'invalid_request' && /session|expired/.test(error_description ?? '');
}

async function confirmSignOut(c: Context<AppEnv>, provider: Provider): Promise<Response> {
  const request = await readLogoutRequest(provider, new URL(c.req.url).searchParams);
  if (!request) return renderSignOutRefused(c);
  return renderSignOut(c, request.parameters, request.client?.clientName);
}

/** Signing out by the button of a page, or on the confirmation that a service asked for. */
async function signOut(
  c: Context<AppEnv>,
  { provider, sessions, repairs, clearSessionCookie }: WalletRoutesDependencies,
): Promise<Response> {
  const request = await readLogoutRequest(provider, new URLSearchParams(await c.req.text()));
  if (!request) return renderSignOutRefused(c);
  const session = await sessions.find(...nodeExchange(c));
  if (session) await sessions.end(session.uid, 'signed_out');
  await repairs?.endHeld(c);
  clearSessionCookie(c);
  return request.location ? leavingRedirect(c, request.location) : c.redirect('/deconnexion/terminee', 303);
}

async function readLogoutRequest(provider: Provider, given: URLSearchParams) {
  try {
    const parameters = parseLogoutRequest(given);
    const client = await provider.Client.find(parameters.clientId ?? '');
    return { parameters, client, location: returnAddress(client, parameters) };
  } catch (error) {
    if (error instanceof LogoutRefused) return undefined;
    throw error;
  }
}

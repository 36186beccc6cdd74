import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { parseOwnPath } from '#platform/http/own-path.ts';
import type { AppEnv, Site } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import { paths, relyingPartyAddresses, startHref } from './addresses.ts';
import { backChannelLogout } from './back-channel-logout.ts';
import { currentSession } from './current-session.ts';
import { createEvents } from './events.ts';
import { classifyFailure, failureCode } from './failure.ts';
import { answerFailure, finishSignIn } from './finish-sign-in.ts';
import { createIssuer, type IssuerOptions } from './issuer.ts';
import { createLoginStore } from './login-store.ts';
import { renderSignedOut } from './pages.ts';
import type { Parts } from './parts.ts';
import { createSessionStore, type Session } from './session-store.ts';
import { signOut } from './sign-out.ts';
import { type SignInOptions, startSignIn } from './start-sign-in.ts';

export interface ClientOptions extends IssuerOptions {
  /** Space-separated, with `openid`. */
  scope: string;
  acrValues?: string;
}

export interface RelyingPartyOptions {
  database: Database;
  clock: Clock;
  events: EventReporter;
  logger: Logger;
  /** The site it lives on: the name begins its cookies, the URL its redirect URI. */
  site: Pick<Site, 'name' | 'url'>;
  client: ClientOptions;
  /** Page of this site for people who are signed in. */
  homePath: string;
  /** Page of this site where they are asked to sign in. */
  signInPath: string;
}

type Page = (c: Context<AppEnv>, session: Session) => Response | Promise<Response>;

export interface RelyingParty {
  routes: Hono<AppEnv>;
  /** Target of the form that signs out. */
  readonly signOutAction: string;
  /** Target of the link that signs in and comes back to `returnTo`, a path of this site. */
  startHref(returnTo?: string): string;
  findSession(c: Context<AppEnv>): Promise<Session | undefined>;
  /** A route for people with a session; the others are led to the sign-in page. */
  requireSession(page: Page): (c: Context<AppEnv>) => Promise<Response>;
  /** Sends the browser to the issuer; an issuer that cannot be reached gets its page. */
  startSignIn(c: Context<AppEnv>, options: SignInOptions): Promise<Response>;
}

export function createRelyingParty(options: RelyingPartyOptions): RelyingParty {
  const parts = createParts(options);
  return {
    routes: createRoutes(parts),
    signOutAction: paths.signOut,
    startHref: (returnTo = options.homePath) => startHref(returnTo),
    findSession: (c) => currentSession(c, parts),
    requireSession: (page) => async (c) => {
      const session = await currentSession(c, parts);
      return session ? page(c, session) : c.redirect(options.signInPath, 303);
    },
    startSignIn: (c, signIn) => tryStart(c, parts, signIn),
  };
}

function createParts({
  database,
  clock,
  logger,
  events,
  site,
  client,
  homePath,
}: RelyingPartyOptions): Parts {
  const addresses = relyingPartyAddresses(site.url);
  return {
    database,
    clock,
    logger,
    events: createEvents(events, site.name),
    logins: createLoginStore(site.name),
    sessions: createSessionStore(database, site.name),
    issuer: createIssuer(client),
    party: site.name,
    audience: client.clientId,
    addresses,
    authorizationParameters: {
      redirect_uri: addresses.redirectUri,
      scope: client.scope,
      ...(client.acrValues ? { acr_values: client.acrValues } : {}),
    },
    homePath,
  };
}

function createRoutes(parts: Parts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get(paths.start, (c) => {
    const returnTo = parseOwnPath(c.req.query('retour'), c.var.site.url) ?? parts.homePath;
    return tryStart(c, parts, { returnTo });
  });
  app.get(paths.callback, (c) => finishSignIn(c, parts));
  app.on(['GET', 'POST'], paths.initiate, (c) => initiateSignIn(c, parts));
  app.post(paths.signOut, (c) => signOut(c, parts));
  app.get(paths.signedOut, (c) => renderSignedOut(c, startHref(parts.homePath), true));
  app.post(paths.backChannelLogout, (c) => backChannelLogout(c, parts));
  return app;
}

async function tryStart(c: Context<AppEnv>, parts: Parts, options: SignInOptions): Promise<Response> {
  try {
    return await startSignIn(c, parts, options);
  } catch (error) {
    return answerUnreachable(c, parts, error, options);
  }
}

const initiation = z.object({
  iss: z.string(),
  login_hint: z.string().max(200).optional(),
  target_link_uri: z.string().optional(),
});

/** Another site, such as the issuer's own, starts a sign-in here: OpenID Connect Core 1.0 section 4. */
async function initiateSignIn(c: Context<AppEnv>, parts: Parts): Promise<Response> {
  const input = c.req.method === 'POST' ? await c.req.parseBody() : c.req.query();
  const { data } = initiation.safeParse(input);
  const returnTo = parseTarget(data?.target_link_uri, c.var.site.url, parts.homePath);
  try {
    if (data?.iss !== (await parts.issuer.identifier())) {
      return answerFailure(c, parts, { kind: 'stranger', code: 'iss', returnTo });
    }
    return await startSignIn(c, parts, { returnTo, loginHint: data.login_hint });
  } catch (error) {
    return answerUnreachable(c, parts, error, { returnTo });
  }
}

/** `target_link_uri` is a whole address; only one of this site is followed (open redirector). */
function parseTarget(text: string | undefined, siteUrl: URL, fallback: string): string {
  const url = text === undefined ? null : URL.parse(text);
  if (url?.origin !== siteUrl.origin) return fallback;
  return parseOwnPath(url.pathname + url.search, siteUrl) ?? fallback;
}

/** Who only asked whether a session is open is let on without one. */
function answerUnreachable(
  c: Context<AppEnv>,
  parts: Parts,
  error: unknown,
  { returnTo, prompt, deniedTo }: SignInOptions,
) {
  const kind = classifyFailure(error);
  if (!kind) throw error;
  if (prompt === 'none' && deniedTo) return c.redirect(deniedTo, 303);
  return answerFailure(c, parts, { kind, code: failureCode(error), returnTo });
}

import type { Context } from 'hono';
import * as openid from 'openid-client';
import { clearSiteCookie, getSiteCookie, setSiteCookie } from '#platform/http/cookies.ts';
import { newReference } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { startHref } from './addresses.ts';
import { currentSession, sessionCookie } from './current-session.ts';
import { classifyFailure, type FailureKind, failureCode } from './failure.ts';
import { renderFailure } from './pages.ts';
import type { Parts } from './parts.ts';
import { deriveSecret, hashSecret, newSecret, sealWith } from './secrets.ts';
import type { NewSession } from './session-store.ts';
import { loginCookie } from './start-sign-in.ts';

interface OpenLogin {
  state: string;
  /** The browser's own secret of this request. */
  secret: string;
  returnTo: string;
  deniedTo: string | null;
}

/** The redirect URI: OpenID Connect Core 1.0 sections 3.1.2.5 to 3.1.3.7 and 5.3. */
export async function finishSignIn(c: Context<AppEnv>, parts: Parts): Promise<Response> {
  const login = await consumeLogin(c, parts);
  if (!login) return answerLostLogin(c, parts);
  try {
    const session = await fetchSession(c, parts, login);
    await replaceSession(c, parts, session);
    return c.redirect(login.returnTo, 303);
  } catch (error) {
    const kind = classifyFailure(error);
    if (!kind) throw error;
    if (kind === 'denied' && login.deniedTo) return c.redirect(login.deniedTo, 303);
    return answerFailure(c, parts, { kind, code: failureCode(error), returnTo: login.returnTo });
  }
}

/** Says what happened, with a reference that the log holds too. */
export function answerFailure(
  c: Context<AppEnv>,
  { logger }: Parts,
  failure: { kind: FailureKind; code: string; returnTo: string },
): Promise<Response> {
  const { kind, code } = failure;
  const reference = newReference();
  logger.warn({ reference, kind, code, site: c.var.site.name }, 'sign-in failed');
  const shown = kind === 'refused' || kind === 'invalid' ? { reference } : {};
  return renderFailure(c, { kind, startHref: startHref(failure.returnTo), ...shown });
}

/** A second press on the button, or *back*: who is signed in already is simply let on. */
async function answerLostLogin(c: Context<AppEnv>, parts: Parts): Promise<Response> {
  if (await currentSession(c, parts)) return c.redirect(parts.homePath, 303);
  return renderFailure(c, { kind: 'lost', startHref: startHref(parts.homePath) });
}

async function consumeLogin(c: Context<AppEnv>, parts: Parts): Promise<OpenLogin | undefined> {
  const state = c.req.query('state');
  const secret = state && getSiteCookie(c, loginCookie(state));
  if (!state || !secret) return undefined;
  clearSiteCookie(c, loginCookie(state));
  const key = { idHash: hashSecret(state), secretHash: hashSecret(secret) };
  const login = await parts.database.write((unit) => parts.logins.consume(unit, key, parts.clock.now()));
  return login && { state, secret, ...login };
}

async function fetchSession(
  c: Context<AppEnv>,
  parts: Parts,
  login: OpenLogin,
): Promise<NewSession & { secret: string }> {
  const configuration = await parts.issuer.configuration();
  const tokens = await openid.authorizationCodeGrant(configuration, callbackUrl(c), {
    expectedState: login.state,
    expectedNonce: deriveSecret(login.secret, 'nonce'),
    pkceCodeVerifier: deriveSecret(login.secret, 'code_verifier'),
  });
  const idToken = tokens.claims();
  if (!idToken || !tokens.id_token) throw new openid.ClientError('The token response holds no ID token.');
  const { sub, sid } = idToken;
  const claims = await openid.fetchUserInfo(configuration, tokens.access_token, sub);
  const secret = newSecret();
  return {
    secret,
    idHash: hashSecret(secret),
    sid: typeof sid === 'string' ? sid : null,
    sub,
    claims,
    sealedIdToken: sealWith(secret, tokens.id_token),
  };
}

/** As the issuer was told it, whatever a proxy made of the request; openid-client repeats it to the token endpoint. */
function callbackUrl(c: Context<AppEnv>): URL {
  const { pathname, search } = new URL(c.req.url);
  return new URL(pathname + search, c.var.site.url);
}

/** A new name for the new session, never the one that the browser came with (session fixation). */
async function replaceSession(
  c: Context<AppEnv>,
  parts: Parts,
  session: NewSession & { secret: string },
): Promise<void> {
  const former = getSiteCookie(c, sessionCookie);
  await parts.database.write(async (unit) => {
    if (former) await parts.sessions.end(unit, hashSecret(former));
    await parts.sessions.create(unit, session, parts.clock.now());
    await parts.events.signedIn(unit);
  });
  setSiteCookie(c, sessionCookie, session.secret);
}

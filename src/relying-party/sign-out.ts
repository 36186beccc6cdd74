import type { Context } from 'hono';
import * as openid from 'openid-client';
import { clearSiteCookie, getSiteCookie } from '#platform/http/cookies.ts';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { startHref } from './addresses.ts';
import { sessionCookie } from './current-session.ts';
import { classifyFailure, failureCode } from './failure.ts';
import { renderSignedOut } from './pages.ts';
import type { Parts } from './parts.ts';
import { hashSecret, openWith } from './secrets.ts';

/**
 * Ends the session here, whatever the issuer then does, and asks the issuer to end its own: OpenID Connect
 * RP-Initiated Logout 1.0 section 2. An explicit sign-out ends both.
 */
export async function signOut(c: Context<AppEnv>, parts: Parts): Promise<Response> {
  const idToken = await endOwnSession(c, parts);
  try {
    const url = openid.buildEndSessionUrl(await parts.issuer.configuration(), {
      post_logout_redirect_uri: parts.addresses.postLogoutRedirectUri,
      ui_locales: c.var.locale,
      ...(idToken ? { id_token_hint: idToken } : {}),
    });
    return leavingRedirect(c, url.href);
  } catch (error) {
    if (!classifyFailure(error)) throw error;
    parts.logger.warn({ code: failureCode(error), site: c.var.site.name }, 'sign-out at the issuer failed');
    return renderSignedOut(c, startHref(parts.homePath), false);
  }
}

async function endOwnSession(c: Context<AppEnv>, parts: Parts): Promise<string | undefined> {
  const secret = getSiteCookie(c, sessionCookie);
  clearSiteCookie(c, sessionCookie);
  if (!secret) return undefined;
  return parts.database.write(async (unit) => {
    const ended = await parts.sessions.end(unit, hashSecret(secret));
    if (ended) await parts.events.signedOut(unit);
    return ended && openWith(secret, ended.sealedIdToken);
  });
}

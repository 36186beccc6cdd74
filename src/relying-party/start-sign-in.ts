import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import * as openid from 'openid-client';
import { clearSiteCookie, setSiteCookie, siteCookieName } from '#platform/http/cookies.ts';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Parts } from './parts.ts';
import { loginLifetimeMs, loginsPerBrowser } from './policy.ts';
import { deriveSecret, hashSecret, newSecret } from './secrets.ts';

export interface SignInOptions {
  /** Path of this site to come back to. */
  returnTo: string;
  /** Passed on, so that the provider's page is filled in. */
  loginHint?: string | undefined;
  /** `none` asks whether a session is open, without showing a page. */
  prompt?: 'none' | 'login' | undefined;
  /** In place of the client's own `acr_values`. */
  acrValues?: string | undefined;
  /** Path of this site for a person whom the issuer does not sign in; a page that says so where absent. */
  deniedTo?: string | undefined;
}

/**
 * Sends the browser to the issuer: OpenID Connect Core 1.0 section 3.1.2.1 with PKCE S256 (RFC 7636). The request
 * is a row named by `state`; the secret that PKCE verifier and nonce derive from is in a cookie of that one
 * request, so that several tabs can sign in at once.
 */
export async function startSignIn(
  c: Context<AppEnv>,
  parts: Parts,
  options: SignInOptions,
): Promise<Response> {
  const configuration = await parts.issuer.configuration();
  const [state, secret] = [newSecret(), newSecret()];
  await storeLogin(parts, state, secret, options);
  dropOldestLogins(c);
  setSiteCookie(c, loginCookie(state), secret, { maxAgeSeconds: loginLifetimeMs / 1000 });
  const url = openid.buildAuthorizationUrl(configuration, {
    ...parts.authorizationParameters,
    state,
    nonce: deriveSecret(secret, 'nonce'),
    code_challenge: await openid.calculatePKCECodeChallenge(deriveSecret(secret, 'code_verifier')),
    code_challenge_method: 'S256',
    ui_locales: c.var.locale,
    ...(options.loginHint ? { login_hint: options.loginHint } : {}),
    ...(options.prompt ? { prompt: options.prompt } : {}),
    ...(options.acrValues ? { acr_values: options.acrValues } : {}),
  });
  return c.req.method === 'POST' ? leavingRedirect(c, url.href) : c.redirect(url.href, 303);
}

/** Name of the cookie of one authorization request. */
export function loginCookie(state: string): string {
  return `login_${state.slice(0, 8)}`;
}

async function storeLogin(
  parts: Parts,
  state: string,
  secret: string,
  { returnTo, deniedTo = null }: { returnTo: string; deniedTo?: string | null | undefined },
): Promise<void> {
  const now = parts.clock.now();
  const login = {
    idHash: hashSecret(state),
    secretHash: hashSecret(secret),
    returnTo,
    deniedTo,
    expiresAt: now + loginLifetimeMs,
  };
  await parts.database.write((unit) => parts.logins.create(unit, login, now));
}

/** Abandoned tabs would fill the request header; browsers list the oldest first (RFC 6265 section 5.4). */
function dropOldestLogins(c: Context<AppEnv>): void {
  const prefix = siteCookieName(c.var.site, 'login_');
  const names = Object.keys(getCookie(c)).filter((name) => name.startsWith(prefix));
  for (const name of names.slice(0, Math.max(0, names.length - loginsPerBrowser + 1))) {
    clearSiteCookie(c, `login_${name.slice(prefix.length)}`);
  }
}

import { hash } from 'node:crypto';
import type { Context } from 'hono';
import type { Method } from '#national-id';
import { getSiteCookie, setSiteCookie } from '#platform/http/cookies.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { randomLabel } from '#platform/ids.ts';

/** Browsers keep no cookie longer (RFC 6265bis section 5.5: 400 days). */
const longestSeconds = 400 * 24 * 3600;

/**
 * Names this browser for as long as it lets us: one that a person has used is told from a stranger's, and one that
 * they refused stays refused. Only the hash is stored.
 */
export function nameBrowser(c: Context<AppEnv>): string {
  const known = getSiteCookie(c, 'browser');
  const name = known && /^[a-z2-7]{32}$/.test(known) ? known : randomLabel();
  setSiteCookie(c, 'browser', name, { maxAgeSeconds: longestSeconds });
  return hash('sha256', name, 'hex');
}

/** The means that the last sign-in in this browser used. */
export function lastMethod(c: Context<AppEnv>): Method | undefined {
  const method = getSiteCookie(c, 'means');
  return method === 'card' || method === 'ecps' ? method : undefined;
}

export function rememberMethod(c: Context<AppEnv>, method: Method): void {
  if (lastMethod(c) !== method) setSiteCookie(c, 'means', method, { maxAgeSeconds: longestSeconds });
}

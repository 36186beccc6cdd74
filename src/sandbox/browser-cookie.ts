import type { Context } from 'hono';
import { getSiteCookie, setSiteCookie } from '#platform/http/cookies.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { randomLabel } from '#platform/ids.ts';

const name = 'browser';
const oneYearSeconds = 31_536_000;

/** The secret by which the sandbox knows a browser; `undefined` for one that never chose. */
export function findBrowser(c: Context<AppEnv>): string | undefined {
  return getSiteCookie(c, name);
}

export function openBrowser(c: Context<AppEnv>): string {
  const browser = findBrowser(c) ?? randomLabel();
  setSiteCookie(c, name, browser, { maxAgeSeconds: oneYearSeconds });
  return browser;
}

import type { Context } from 'hono';
import { clearSiteCookie, getSiteCookie, setSiteCookie } from '#platform/http/cookies.ts';
import type { AppEnv } from '#platform/http/site.ts';

/** Whose phone the home's frame shows, by the name of the app's store. */
const shown = 'phone';
/** What the frame loads next, once: it may carry a token. */
const next = 'phone_next';
const oneMinuteSeconds = 60;

/** The name of the app's store in the frame; `undefined` while the phone is off. */
export function findShownStore(c: Context<AppEnv>): string | undefined {
  return getSiteCookie(c, shown);
}

/** The home, loaded next, shows the phone with this address in it. */
export function showPhone(c: Context<AppEnv>, store: string, address: string): void {
  setSiteCookie(c, shown, store);
  setSiteCookie(c, next, address, { maxAgeSeconds: oneMinuteSeconds });
}

/** The address that was meant for this page alone; what its script reads later has no frame to load. */
export function takeNextAddress(c: Context<AppEnv>): string | undefined {
  if (c.req.header('sec-fetch-dest') === 'empty') return undefined;
  const address = getSiteCookie(c, next);
  if (address !== undefined) clearSiteCookie(c, next);
  return address;
}

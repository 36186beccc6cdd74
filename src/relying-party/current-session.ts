import type { Context } from 'hono';
import { getSiteCookie } from '#platform/http/cookies.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Parts } from './parts.ts';
import { touchIntervalMs } from './policy.ts';
import { hashSecret } from './secrets.ts';
import type { Session } from './session-store.ts';

export const sessionCookie = 'session';

/** The session that this browser's cookie names, its idle time renewed. */
export async function currentSession(c: Context<AppEnv>, parts: Parts): Promise<Session | undefined> {
  const secret = getSiteCookie(c, sessionCookie);
  if (!secret) return undefined;
  const now = parts.clock.now();
  const session = await parts.sessions.find(hashSecret(secret), now);
  if (session && session.lastSeenAt <= now - touchIntervalMs) {
    await parts.database.write((unit) => parts.sessions.touch(unit, session.idHash, now));
  }
  return session;
}

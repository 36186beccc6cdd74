import { sessionMaxSeconds } from './policy.ts';

/** Neither a session nor what comes of it outlives four hours after the sign-in (`signedInAt`, seconds since the epoch). */
export function untilSessionEnd(signedInAt: number | undefined, seconds: number): number {
  if (signedInAt === undefined) return seconds;
  const left = signedInAt + sessionMaxSeconds - Math.floor(Date.now() / 1000);
  return Math.max(1, Math.min(seconds, left));
}

import type { Credential } from '../stores/credential-store.ts';
import type { CredentialStatus } from '../wire.ts';

/** Whether it is still there: after its last try it waits for the signature that proves it right, then it is gone. */
export function isLive({ destroyAt }: Credential, now: number): boolean {
  return destroyAt === null || destroyAt > now;
}

export function statusOf({ expiresAt, frozenAt, count }: Credential, now: number): CredentialStatus {
  if (frozenAt !== null) return 'frozen';
  if (expiresAt <= now) return 'expired';
  return count.lockedUntil !== null && count.lockedUntil > now ? 'locked' : 'active';
}

/** Whether it may sign: a lock passes, and a right password before it counts. */
export function isUsable(credential: Credential, now: number): boolean {
  const status = statusOf(credential, now);
  return credential.destroyAt === null && (status === 'active' || status === 'locked');
}

import { randomBytes } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Unit } from '#platform/database/database.ts';
import { hashId, type RecordStore } from '../record-store.ts';

/** How the library names what lets a service register itself (RFC 7591 section 3, "initial access token"). */
export const initialTokenModel = 'InitialAccessToken';

export interface InitialToken {
  token: string;
  /** Instant, milliseconds. */
  expiresAt: number;
}

/** Makes one that registers one client, as a row that the library reads. */
export async function createInitialToken(
  unit: Unit,
  { store, clock, lifetimeMs }: { store: RecordStore; clock: Clock; lifetimeMs: number },
): Promise<InitialToken> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const expiresAt = now + lifetimeMs;
  const payload = { kind: initialTokenModel, iat: Math.floor(now / 1000), exp: Math.floor(expiresAt / 1000) };
  await store.createOnce(unit, {
    model: initialTokenModel,
    id_hash: hashId(token),
    payload: JSON.stringify(payload),
    grant_hash: null,
    session_uid: null,
    consumed_at: null,
    expires_at: expiresAt,
    subject: null,
  });
  return { token, expiresAt };
}

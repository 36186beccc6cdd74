import type { AdapterPayload } from 'oidc-provider';
import type { Clock } from '#platform/clock.ts';

/** Seconds since the epoch in the library's models; all others are spans or not judged. */
const instants = ['iat', 'exp', 'loginTs', 'authTime', 'iiat'] as const;

/**
 * The library reads real time itself, rows are judged by the clock. Stored instants are the clock's; those that the
 * library sees are shifted back, so that advancing the clock ages what is stored.
 */
export function createClockShift(clock: Clock) {
  const aheadSeconds = () => Math.floor(clock.aheadMs / 1000);
  return {
    toStored: (payload: AdapterPayload): AdapterPayload => shift(payload, aheadSeconds()),
    fromStored: (payload: AdapterPayload): AdapterPayload => shift(payload, -aheadSeconds()),
    /** Stored milliseconds from the library's seconds, and back. */
    toStoredMs: (seconds: number): number => (seconds + aheadSeconds()) * 1000,
    fromStoredMs: (ms: number): number => Math.floor(ms / 1000) - aheadSeconds(),
  };
}

function shift(payload: AdapterPayload, seconds: number): AdapterPayload {
  if (seconds === 0) return payload;
  const shifted: AdapterPayload = { ...payload };
  for (const name of instants) {
    const value = shifted[name];
    if (typeof value === 'number') shifted[name] = value + seconds;
  }
  return shifted;
}

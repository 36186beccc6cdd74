import { failuresUntilDestroyed, lifetimeFailures, pauses } from './policy.ts';
import type { PasswordState } from './wire.ts';

/** What a credential's row counts. */
export interface PasswordCount {
  /** Evaluations in a row that led to no signature. */
  failures: number;
  /** The same over the whole life. */
  lifetimeFailures: number;
  lockedUntil: number | null;
}

const minuteMs = 60_000;

/** What is left before it hurts. */
export function passwordState(count: PasswordCount, now: number): PasswordState {
  const lockedUntil = count.lockedUntil !== null && count.lockedUntil > now ? count.lockedUntil : null;
  const pause = pauses.find(({ failures }) => failures > count.failures);
  const untilEnd = Math.min(
    failuresUntilDestroyed - count.failures,
    lifetimeFailures - count.lifetimeFailures,
  );
  const untilPause = pause ? pause.failures - count.failures : Infinity;
  const left = Math.max(0, Math.min(untilEnd, untilPause));
  return {
    failures: count.failures,
    triesLeft: lockedUntil === null ? left : 0,
    consequence: pause && untilPause < untilEnd ? { pauseMinutes: pause.pauseMs / minuteMs } : 'destroyed',
    lockedUntil,
  };
}

/** Whether the last try that may be made was made. */
export const isUsedUp = ({ failures, lifetimeFailures: all }: PasswordCount): boolean =>
  failures >= failuresUntilDestroyed || all >= lifetimeFailures;

import { formatDuration } from '#platform/html/dates.ts';
import type { PasswordState } from '../../src/authenticator/wire.ts';
import { texts } from './messages.ts';

const minuteMs = 60_000;

/** What is left after a wrong password, before it hurts. `now` by the server's clock. */
export function describeWrongPassword(
  { triesLeft, consequence, lockedUntil }: PasswordState,
  now: number,
): string {
  const { approval } = texts;
  if (lockedUntil !== null) return approval.locked(formatPause(lockedUntil - now));
  const then =
    consequence === 'destroyed'
      ? approval.thenDestroyed
      : approval.thenPause(formatPause(consequence.pauseMinutes * minuteMs));
  return `${approval.wrong(triesLeft)}${then}`;
}

/** "15 min", "24 h": a pause is not counted in seconds. */
function formatPause(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / minuteMs));
  return minutes % 60 === 0 ? `${minutes / 60} h` : formatDuration(minutes * minuteMs);
}

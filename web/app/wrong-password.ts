import { formatDuration } from '#platform/html/dates.ts';
import type { PasswordState } from '../../src/authenticator/wire.ts';
import { texts } from './messages.ts';

/** What is left after a wrong password, before it hurts. `now` by the server's clock. */
export function describeWrongPassword(
  { triesLeft, consequence, lockedUntil }: PasswordState,
  now: number,
): string {
  const { approval } = texts;
  if (lockedUntil !== null) return approval.locked(formatDuration(Math.max(1000, lockedUntil - now)));
  const then =
    consequence === 'destroyed'
      ? approval.thenDestroyed
      : approval.thenPause(formatPause(consequence.pauseMinutes));
  return `${approval.wrong(triesLeft)}${then}`;
}

const formatPause = (minutes: number) =>
  minutes % 60 === 0 ? `${minutes / 60} h` : formatDuration(minutes * 60_000);

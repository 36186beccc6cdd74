const paris = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The wall clock in Paris at an instant, read as if it were UTC. */
function parisWallClock(instant: number): number {
  const parts = Object.fromEntries(
    paris.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

/**
 * The instant in a publisher's file name (`…_AAAAMMJJhhmm.txt`, wall clock of Paris), or `undefined` where the name
 * has none.
 */
export function parseExtractDate(fileName: string): number | undefined {
  const match = /_(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)/.exec(fileName);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  const wallClock = Date.UTC(year, month - 1, day, hour, minute);
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60;
  if (!valid) return undefined;
  // Twice, since the offset at the first guess may be that of the other side of a clock change.
  const guess = wallClock - (parisWallClock(wallClock) - wallClock);
  return wallClock - (parisWallClock(guess) - guess);
}

/** `AAAAMMJJhhmm` of an instant, as the publisher's file names have it. */
export function formatExtractDate(instant: number): string {
  return new Date(parisWallClock(instant)).toISOString().slice(0, 16).replace(/\D/g, '');
}

/** The same for people: `2026-11-24 03:00 (Paris)`. */
export function describeExtractDate(instant: number): string {
  return `${new Date(parisWallClock(instant)).toISOString().slice(0, 16).replace('T', ' ')} (Paris)`;
}

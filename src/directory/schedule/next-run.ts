import { formatExtractDate, parseExtractDate } from '../extract/extract-date.ts';

const dayMs = 24 * 3_600_000;

/** The next instant, after `now`, at which clocks in Paris show `at` (HH:MM): extracts are dated by them. */
export function nextRun(at: string, now: number): number {
  for (let days = 0; ; days++) {
    const day = formatExtractDate(now + days * dayMs).slice(0, 8);
    const instant = parseExtractDate(`_${day}${at.replace(':', '')}`);
    if (instant !== undefined && instant > now) return instant;
  }
}

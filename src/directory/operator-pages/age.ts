import type { Locale } from '#platform/html/messages.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** An extract comes every day: one that is older was missed once at least. */
export const oldAfterMs = 2 * dayMs;

/** "il y a 3 jours": the largest unit that fits, hours at least. */
export function formatAge(ageMs: number, locale: Locale): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const hours = Math.max(0, Math.floor(ageMs / hourMs));
  if (hours >= 48) return format.format(-Math.floor(hours / 24), 'day');
  if (hours > 0) return format.format(-hours, 'hour');
  return format.format(-Math.max(1, Math.floor(ageMs / 60_000)), 'minute');
}

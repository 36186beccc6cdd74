import type { Locale } from './messages.ts';

const timeZone = 'Europe/Paris';
const tags: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };

/** "23 novembre 2026", as a person in France dates it. `at` in milliseconds. */
export function formatDate(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeZone }).format(at);
}

/** "14:32". */
export function formatTime(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(tags[locale], { timeStyle: 'short', timeZone }).format(at);
}

/** "9 min 40 s", "1 h 05 min", "12 s": the same in both languages. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  if (minutes) return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}

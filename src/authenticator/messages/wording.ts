import { formatDate, formatTime } from '#platform/html/dates.ts';
import type { Locale } from '#platform/html/messages.ts';
import { messages } from './messages.ts';

/** "23 novembre 2026 à 14:32 (heure de Paris)": a mail is read anywhere, at any time. */
export function tellInstant(at: number, locale: Locale): string {
  return messages(locale).instant(formatDate(at, locale), formatTime(at, locale));
}

const groups = { rpps: /^(.{4})(.{4})(.{3})$/, adeli: /^(.{2})(.{4})(.{3})$/ };

/** "9970 0000 013", held together by no-break spaces. */
export function groupNumber({ kind, value }: { kind: 'rpps' | 'adeli'; value: string }): string {
  return value.replace(groups[kind], '$1\u00a0$2\u00a0$3');
}

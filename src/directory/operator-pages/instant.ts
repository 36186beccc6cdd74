import { formatDate, formatTime } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';

/** "23 novembre 2026, 14:32". */
export const instantText = (at: number, locale: Locale): string =>
  `${formatDate(at, locale)}, ${formatTime(at, locale)}`;

/** The same for programs too. */
export const timeTag = (at: number, locale: Locale): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${instantText(at, locale)}</time>`;

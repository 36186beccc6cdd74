import { formatTime } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';

export function sentAtTime(at: number, locale: Locale): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${formatTime(at, locale)}</time>`;
}

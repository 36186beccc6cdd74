import { type Fact, facts, keepTogether } from '#platform/html/components.ts';
import { formatDate, formatTime } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import { messages } from './messages.ts';
import type { PastChange } from './ports.ts';

/** What happened to a person's details, newest first; nothing where nothing is known of it. */
export function renderHistory(changes: readonly PastChange[], locale: Locale): Html | undefined {
  if (changes.length === 0) return undefined;
  const { title, lead } = messages(locale).history;
  return html`<section class="card history"><h2>${title}</h2><p>${keepTogether(lead)}</p>
${facts(changes.map((change) => describe(change, locale)))}</section>`;
}

function describe({ at, ground, maskedEmail, maskedPhone }: PastChange, locale: Locale): Fact {
  const values = [maskedEmail, maskedPhone].filter((value) => value !== null).join(' · ');
  const { grounds } = messages(locale).history;
  const instant = new Date(at).toISOString();
  return {
    label: html`<time datetime="${instant}">${formatDate(at, locale)}, ${formatTime(at, locale)}</time>`,
    value: html`${grounds[ground]}${values && html`<br><span class="changed-to">${values}</span>`}`,
  };
}

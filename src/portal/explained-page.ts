import { notice } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import { messages } from './messages.ts';
import type { Person } from './person.ts';

/** No place, and nothing wrong: locums and employees of a structure. */
export function renderExplained(person: Person, reason: 'locum' | 'employee', locale: Locale): Html {
  const texts = messages(locale);
  const next = reason === 'locum' ? texts.explained.locumNext : texts.explained.employeeNext;
  return html`<h1>${texts.places.title}</h1>
<p class="lead" data-testid="explanation">${texts.explained[reason][person.gender]}</p>
<p class="note">${next}</p>
${notice({ kind: 'ok', body: texts.explained.nothing })}`;
}

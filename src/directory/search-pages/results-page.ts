import { choiceCard, keepTogether, notice } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { DirectoryReader } from '../directory-store.ts';
import type { Practitioner } from '../practitioner.ts';
import { filterPeople } from '../read/find-people.ts';
import { calmName, fullName, placesOf, professionsOf, townOf } from './describe-person.ts';
import { renderNobody } from './other-searches.ts';
import {
  asksSomething,
  peopleSearchOf,
  renderSearchForm,
  type SearchForm,
  searchPath,
} from './search-form.ts';
import { searchMessages } from './search-messages.ts';

const perPage = 20;

/** The people whom a form finds, from the one after `afterId` on, below the form itself. */
export async function renderResults(
  reader: DirectoryReader,
  form: SearchForm,
  afterId: string,
  locale: Locale,
): Promise<Html> {
  const texts = searchMessages(locale);
  const found = asksSomething(form)
    ? await renderFound(reader, form, afterId, locale)
    : notice({ kind: 'attention', body: texts.nothingAsked });
  return html`<h1>${texts.results}</h1>${found}<h2 class="search-again">${texts.again}</h2>${renderSearchForm(reader, form, locale)}`;
}

async function renderFound(
  reader: DirectoryReader,
  form: SearchForm,
  afterId: string,
  locale: Locale,
): Promise<Html> {
  const texts = searchMessages(locale);
  const { where, instead } = await filterPeople(reader, peopleSearchOf(form));
  const after = afterId === '' ? {} : { afterId };
  const people = await reader.searchPractitioners({ where, limit: perPage + 1, ...after });
  if (people.length === 0) return renderNobody(reader, form, locale);
  const shown = people.slice(0, perPage);
  const last = people.length > perPage ? shown.at(-1) : undefined;
  const items = await Promise.all(shown.map((person) => renderPerson(reader, person, locale)));
  const names = instead.map(calmName).join(', ');
  const length = last ? texts.many(perPage) : texts.found(shown.length);
  return html`<p class="lead">${keepTogether(afterId === '' ? length : texts.goingOn)}</p>${names && notice({ kind: 'info', body: texts.instead(names) })}
<ul class="search-results" role="list">${items}</ul>${last && renderNext(form, last.id, texts.more)}`;
}

async function renderPerson(reader: DirectoryReader, person: Practitioner, locale: Locale): Promise<Html> {
  const texts = searchMessages(locale);
  const places = placesOf(await reader.listRoles(person));
  const towns = new Set(
    places.map(({ organization }) => calmName(townOf(organization.address))).filter(Boolean),
  );
  const line = [professionsOf(person), [...towns].join(', ') || texts.noPlace].filter(Boolean).join(' · ');
  const card = choiceCard({
    id: `p-${person.id}`,
    icon: 'id-card',
    label: fullName(person),
    line,
    href: `${searchPath}/${person.id}`,
  });
  return html`<li>${card}</li>`;
}

function renderNext(form: SearchForm, afterId: string, label: string): Html {
  const query = new URLSearchParams({ ...form, apres: afterId });
  return html`<p><a class="button secondary" href="${searchPath}?${query}"><span>${keepTogether(label)}</span></a></p>`;
}

import { emptyState, linkRow } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { DirectoryReader } from '../directory-store.ts';
import { filterPeople } from '../read/find-people.ts';
import { calmName } from './describe-person.ts';
import { asksSomething, peopleSearchOf, type SearchForm, searchPath } from './search-form.ts';
import { searchMessages } from './search-messages.ts';

interface OtherSearch {
  form: SearchForm;
  label: string;
}

/** Nobody was found: what else would find somebody, each tried before it is offered. */
export async function renderNobody(reader: DirectoryReader, form: SearchForm, locale: Locale): Promise<Html> {
  const texts = searchMessages(locale);
  const tried = await Promise.all(
    (await listOthers(reader, form, locale)).map(async (other) =>
      (await finds(reader, other)) ? [other] : [],
    ),
  );
  const links = tried.flat().map(({ form: other, label }) => ({
    href: `${searchPath}?${new URLSearchParams({ ...other })}`,
    label,
  }));
  return html`${emptyState({ icon: 'book-search', body: texts.none })}${links.length > 0 && html`<h2 class="search-again">${texts.others.title}</h2>${linkRow(links)}`}`;
}

/** A town spelt otherwise first, then one criterion less. */
async function listOthers(reader: DirectoryReader, form: SearchForm, locale: Locale): Promise<OtherSearch[]> {
  const { others } = searchMessages(locale);
  const towns = form.ville === '' ? [] : await reader.findSimilarTowns(form.ville);
  const spelt = towns.map((town) => ({ form: { ...form, ville: town }, label: others.town(calmName(town)) }));
  const without = (['ville', 'profession', 'mode', 'nom'] as const)
    .filter((name) => form[name] !== '')
    .map((name) => ({ form: { ...form, [name]: '' }, label: others.without[name] }));
  return [...spelt, ...without].filter((other) => asksSomething(other.form));
}

async function finds(reader: DirectoryReader, { form }: OtherSearch): Promise<boolean> {
  const { where } = await filterPeople(reader, peopleSearchOf(form));
  return (await reader.countPractitioners(where, 1)) > 0;
}

import { button, field } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { DirectoryReader } from '../directory-store.ts';
import type { PeopleSearch } from '../read/find-people.ts';
import { searchMessages } from './search-messages.ts';

/** Where the results are; a person's page lies below. */
export const searchPath = '/professionnels';

const modeCodes = ['L', 'S', 'B', 'I'] as const;
const longest = 100;

/** What the form asks; empty where a field was left empty. */
export interface SearchForm {
  nom: string;
  ville: string;
  profession: string;
  mode: string;
}

/** Reads the form's fields out of an address, tolerantly: whatever is missing is empty. */
export function parseSearchForm(query: URLSearchParams): SearchForm {
  const read = (name: keyof SearchForm) => (query.get(name) ?? '').trim().slice(0, longest);
  return { nom: read('nom'), ville: read('ville'), profession: read('profession'), mode: read('mode') };
}

export const emptyForm: SearchForm = { nom: '', ville: '', profession: '', mode: '' };

/** A mode alone is half the country. */
export const asksSomething = ({ nom, ville, profession }: SearchForm): boolean =>
  [nom, ville, profession].some((value) => value !== '');

export function peopleSearchOf({ nom, ville, profession, mode }: SearchForm): PeopleSearch {
  const list = (value: string) => (value === '' ? [] : [value]);
  return { familyNames: list(nom), towns: list(ville), professions: list(profession), modes: list(mode) };
}

/** The search form, filled with what was asked last. */
export function renderSearchForm(reader: DirectoryReader, form: SearchForm, locale: Locale): Html {
  const texts = searchMessages(locale);
  const professions = reader
    .listProfessions()
    .map(({ code, label }) => ({ value: code, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'fr'));
  const modes = modeCodes.map((code) => ({ value: code, label: texts.modes[code] }));
  return html`<form class="card search-form" action="${searchPath}" method="get" role="search">
${field({ name: 'nom', label: texts.familyName, hint: texts.familyNameHint, value: form.nom, autocomplete: 'off', maxLength: longest })}
${field({ name: 'ville', label: texts.town, hint: texts.townHint, value: form.ville, autocomplete: 'off', maxLength: longest })}
${choice('profession', texts.profession, form.profession, texts.any, professions)}
${choice('mode', texts.mode, form.mode, texts.any, modes)}
<div class="actions">${button({ label: texts.submit, icon: 'book-search' })}</div></form>`;
}

function choice(
  name: string,
  label: string,
  chosen: string,
  any: string,
  options: readonly { value: string; label: string }[],
): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${any}</option>${options.map(({ value, label: text }) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`)}</select></div>`;
}

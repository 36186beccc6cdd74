import {
  emptyState,
  type Fact,
  facts,
  keepTogether,
  linkRow,
  numberText,
  placeCard,
} from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { DirectoryReader } from '../directory-store.ts';
import type { Practitioner } from '../practitioner.ts';
import {
  addressLine,
  expertiseOf,
  fullName,
  nameMode,
  type PersonPlace,
  placesOf,
  professionsOf,
} from './describe-person.ts';
import { searchMessages } from './search-messages.ts';

/** What the open extracts tell of a person, and each place of practice. */
export async function renderPerson(
  reader: DirectoryReader,
  person: Practitioner,
  locale: Locale,
): Promise<Html> {
  const texts = searchMessages(locale);
  const places = placesOf(await reader.listRoles(person));
  const cards = places.map((place, index) => renderPlace(place, `lieu-${index + 1}`, locale));
  const none = emptyState({ icon: 'map-pin', body: texts.noPlaceHelp });
  const lead = places.length > 0 ? texts.places(places.length) : texts.noPlace;
  return html`<h1>${fullName(person)}</h1><p class="lead">${lead}</p>
<section class="card">${facts(present(factsOf(person, locale)))}</section>
${places.length > 0 ? html`<div class="places">${cards}</div>` : none}
${reader.asOf !== null && html`<p class="reference">${texts.source(formatDate(reader.asOf, locale))}</p>`}
${linkRow([{ href: '/', label: texts.again }])}`;
}

/** Somebody who has left: of an inactive record no name is shown (the reduced form of the national API). */
export function renderEnded({ endedAt }: Practitioner, locale: Locale): Html {
  const { ended, again } = searchMessages(locale);
  const told = endedAt === null ? ended.undated : ended.since(formatDate(endedAt, locale));
  return html`<h1>${ended.title}</h1><p class="lead">${keepTogether(told)}</p>${linkRow([{ href: '/', label: again }])}`;
}

function factsOf(person: Practitioner, locale: Locale): Fact[] {
  const texts = searchMessages(locale);
  const isRpps = person.idNatPs.startsWith('8');
  return [
    { label: texts.profession, value: professionsOf(person) },
    { label: texts.expertise, value: expertiseOf(person) },
    { label: texts.rpps, value: isRpps ? numberText('rpps', person.idNatPs.slice(1)) : '' },
  ];
}

function renderPlace({ organization, roles }: PersonPlace, id: string, locale: Locale): Html {
  const texts = searchMessages(locale);
  const { name, tradeName, phone, address } = organization;
  const distinct = (values: string[]) => [...new Set(values.filter(Boolean))].join(', ');
  const line = addressLine(address);
  return placeCard({
    id,
    name: name ?? tradeName ?? texts.unnamed,
    ...(line ? { address: line } : {}),
    facts: present([
      { label: texts.phone, value: phone ? numberText('phone', phone) : '' },
      { label: texts.mode, value: distinct(roles.map(({ mode }) => nameMode(mode, locale))) },
      { label: texts.role, value: distinct(roles.map(nameRole)) },
      { label: texts.tradeName, value: name && tradeName ? tradeName : '' },
    ]),
  });
}

const present = (entries: Fact[]): Fact[] => entries.filter(({ value }) => value !== '');

/** `FON-AU` is a function that nobody has defined. */
const nameRole = ({ role, roleLabel }: PersonPlace['roles'][number]): string =>
  role === 'FON-AU' ? '' : (roleLabel ?? '');

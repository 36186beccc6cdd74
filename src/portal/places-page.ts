import { type Fact, numberText, placeCard } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import { messages } from './messages.ts';
import type { Person } from './person.ts';
import type { Place, Term } from './places.ts';
import { nameMode, nameProfession } from './vocabulary.ts';

export interface PlacesView {
  person: Person;
  places: readonly Place[];
  professions: readonly Term[];
  /** Instant of the directory's extract, where known. */
  asOf: number | undefined;
}

/** "Mes lieux d'exercice": one article a place. */
export function renderPlaces(view: PlacesView, locale: Locale): Html {
  const texts = messages(locale).places;
  const date = view.asOf === undefined ? undefined : formatDate(view.asOf, locale);
  const count = texts.count(view.places.length);
  return html`<h1>${texts.title}</h1><p class="lead">${texts.lead(count, date)}</p>
<div class="places">${view.places.map((place, index) => renderPlace(view, place, `lieu-${index + 1}`, locale))}</div>
<p class="reference">${texts.wrong}</p>`;
}

function renderPlace(view: PlacesView, place: Place, id: string, locale: Locale): Html {
  return placeCard({
    id,
    name: place.name ?? messages(locale).places.unnamed,
    ...(place.address ? { address: place.address } : {}),
    facts: factsOf(view, place, locale),
  });
}

function factsOf({ person, professions }: PlacesView, place: Place, locale: Locale): Fact[] {
  const texts = messages(locale).places;
  const named = professions.map((term) => nameProfession(term, person.gender, locale)).join(', ');
  const modes = place.modes.map((term) => nameMode(term, locale)).join(', ');
  return [
    { label: texts.profession, value: named },
    { label: texts.phone, value: place.phone ? numberText('phone', place.phone) : '' },
    { label: texts.mode, value: modes },
    { label: texts.tradeName, value: place.tradeName ?? '' },
  ].filter(({ value }) => value !== '');
}

import { renderChain } from '#platform/html/chain.ts';
import { button, keepTogether } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { Cause } from './cause.ts';
import { causeMessages } from './cause-messages.ts';
import { chainOf } from './chain.ts';
import { messages } from './messages.ts';
import type { Person } from './person.ts';

export interface NoPlaceView {
  person: Person;
  cause: Cause;
  /** Instant of the directory's extract, where known. */
  asOf: number | undefined;
  /** What support finds in the log. */
  reference: string;
}

/** "Aucun lieu d'exercice": what it means, the chain, the way out, and a reference to read to support. */
export function renderNoPlace(view: NoPlaceView, locale: Locale): Html {
  const texts = messages(locale).none;
  const { person, cause } = view;
  const words = causeMessages(locale)[cause];
  const next = hasOwnEcps(person, cause) ? causeMessages(locale).ecps_active : words;
  const lead = words.lead(person.gender, person.repair?.chain.directory.places ?? null);
  return html`<h1>${texts.title}</h1>
<p class="lead" data-testid="cause" data-code="${cause}">${keepTogether(lead)}</p>
${renderChain(chainOf(person, cause, locale), locale)}
<h2>${keepTogether(`${texts.what}${locale === 'fr' ? ' ' : ''}: ${next.todo}`)}</h2>
<p class="note">${keepTogether(next.how)}</p>
${renderFurtherSteps(person, cause, locale)}
${renderRepair(person, locale)}
<p class="reference">${renderReference(view, locale)}</p>`;
}

/** A former number used to sign in, while an e-CPS of the present one is ready. */
function hasOwnEcps({ repair }: Person, cause: Cause): boolean {
  return cause === 'legacy_adeli_identity' && repair?.chain.ecps === 'active';
}

/** What remains after the first step; contact details are the repair page's affair. */
function renderFurtherSteps({ repair }: Person, cause: Cause, locale: Locale): Html | undefined {
  const further = (repair?.steps ?? []).filter((step) => step !== cause && step !== 'no_contact_details');
  if (further.length === 0) return undefined;
  const todo = further.map((step) => causeMessages(locale)[step].todo).join(', ');
  return html`<p class="note">${keepTogether(`${messages(locale).none.next}${locale === 'fr' ? ' ' : ''}: ${todo}.`)}</p>`;
}

/** Only an issuer that diagnoses has a page that repairs. */
function renderRepair({ repair }: Person, locale: Locale): Html | undefined {
  if (!repair?.uri) return undefined;
  const texts = messages(locale).none;
  return html`<p class="note">${keepTogether(texts.repairHelp)}</p>
<div class="actions">${button({ href: repair.uri, label: texts.repair, icon: 'wrench' })}</div>`;
}

function renderReference({ cause, asOf, reference }: NoPlaceView, locale: Locale): Html {
  const texts = messages(locale).none;
  const source = asOf === undefined ? '' : `${texts.source(formatDate(asOf, locale))} · `;
  const { name } = causeMessages(locale)[cause];
  return html`${keepTogether(`${source}${texts.cause}${locale === 'fr' ? ' ' : ''}: ${name}`)} · ${texts.reference} <span class="nowrap">${reference}</span>`;
}

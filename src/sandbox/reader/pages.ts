import type { Context } from 'hono';
import { formatIdNatPs } from '#national-id';
import {
  button,
  facts,
  field,
  initialsOf,
  keepTogether,
  linkRow,
  notice,
  numberText,
  pickList,
} from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { type Persona, personas } from '../personas.ts';
import { type ReaderTexts, readerMessages } from './messages.ts';

type Answer = Response | Promise<Response>;

/** No card in this browser's reader: whose shall it be? */
export function renderChoice(c: Context<AppEnv>, attempt: string, ownReader: string): Answer {
  const texts = readerMessages(c.var.locale);
  const entries = personas
    .filter(({ card }) => card)
    .map((persona) => ({
      id: persona.slug,
      value: persona.slug,
      label: texts.insertCardOf(nameOf(persona)),
      initials: initialsOf(persona.givenName, persona.familyName),
    }));
  const list = pickList({ label: texts.persons, name: 'persona', entries });
  return renderPage(c, {
    title: texts.whichCard,
    body: html`<h1>${keepTogether(texts.whichCard)}</h1>
<form method="post" action="${path(attempt)}/carte">${list}</form>${ownReaderLink(texts, ownReader)}`,
  });
}

export interface InsertedCard {
  attempt: string;
  persona: Persona;
  /** Instant of the card's end. */
  validUntil: number;
  triesLeft: number;
  /** What was wrong with the PIN that was typed. */
  error?: string;
  ownReader: string;
}

/** The card, and the PIN that opens it. */
export function renderCard(c: Context<AppEnv>, card: InsertedCard): Answer {
  const texts = readerMessages(c.var.locale);
  const gate = card.triesLeft > 0 ? pinForm(texts, card) : blockedNotice(texts);
  return renderPage(c, {
    title: texts.inserted,
    status: card.error ? 422 : 200,
    body: html`<h1>${texts.inserted}</h1>
<section class="card">${cardFacts(c, texts, card)}</section>
${gate}
<form method="post" action="${path(card.attempt)}/retirer">${button({ label: texts.remove, kind: 'quiet' })}</form>
${ownReaderLink(texts, card.ownReader)}`,
  });
}

function cardFacts(c: Context<AppEnv>, texts: ReaderTexts, { persona, validUntil }: InsertedCard): Html {
  const { profession, gender, nationalId } = persona;
  return facts([
    { label: texts.holder, value: nameOf(persona) },
    ...(profession ? [{ label: texts.profession, value: texts.professions[profession][gender] }] : []),
    { label: texts.number, value: numberText('card', formatIdNatPs(nationalId)) },
    { label: texts.validUntil, value: formatDate(validUntil, c.var.locale) },
  ]);
}

function pinForm(texts: ReaderTexts, { attempt, error }: InsertedCard): Html {
  return html`<form method="post" action="${path(attempt)}/code">${field({
    name: 'code',
    label: texts.pin,
    hint: texts.pinHint,
    error,
    inputMode: 'numeric',
    autocomplete: 'off',
    autofocus: true,
    figures: true,
  })}${button({ label: texts.verify })}</form>`;
}

function blockedNotice(texts: ReaderTexts): Html {
  return notice({ kind: 'danger', role: 'alert', title: texts.blocked, body: texts.blockedHelp });
}

function ownReaderLink(texts: ReaderTexts, href: string): Html {
  return linkRow([{ href, label: texts.ownReader }]);
}

function nameOf({ givenName, familyName }: Persona): string {
  return `${givenName} ${familyName}`;
}

const path = (attempt: string): string => `/lecteur/${attempt}`;

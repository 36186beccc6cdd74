import type { Context } from 'hono';
import { button, initialsOf, keepTogether, linkRow, pickList } from '#platform/html/components.ts';
import { formatDuration } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import { renderPage } from '#platform/html/page.ts';
import { pageHeaders } from '#platform/http/security-headers.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { personaLines } from '../persona-messages.ts';
import { personas } from '../personas.ts';
import type { Slot } from '../reader/card-slot.ts';
import { renderEvents } from './events.ts';
import type { Home } from './home.ts';
import { renderMails } from './mails.ts';
import { type HomeTexts, homeMessages } from './messages.ts';
import { renderPhone } from './phone.ts';
import { renderAddresses } from './repair-addresses.ts';
import { renderSms } from './sms.ts';

/** Links of the header to what the sandbox runs beside itself. */
export interface HomeLinks {
  portal: string;
  directory: string;
  discovery: string;
}

export interface HomeAddresses {
  links: HomeLinks;
  /** Base URL of the app, which the home shows in a frame. */
  app: URL;
}

/** The whole universe on one page; forms do everything, scripts only keep it fresh. */
export function renderHome(
  c: Context<AppEnv>,
  home: Home,
  { links, app }: HomeAddresses,
): Response | Promise<Response> {
  const { locale } = c.var;
  const texts = homeMessages(locale);
  allowPhoneFrame(c, app);
  return renderPage(c, {
    title: texts.title,
    width: 'full',
    stylesheet: 'sandbox.css',
    script: 'live.js',
    refresh: { seconds: 15, withoutScript: true },
    bannerActions: clockAndReset(texts, home),
    headerLinks: headerLinks(texts, links),
    body: html`<h1 class="visually-hidden">${texts.title}</h1><span hidden data-live id="monde" data-world="${home.world}"></span><div class="home">
<div class="home-column">
<section class="home-persons"><h2>${texts.who}</h2>${persons(texts, locale, home.slot)}</section>
<section class="home-computer" id="ordinateur"><h2>${texts.computer}</h2><div class="card" data-live id="carte">${computer(texts, home.slot)}</div></section>
</div>
<section class="home-phone" id="telephone"><h2>${texts.phone}</h2>${renderAddresses(texts, home, app)}${renderPhone(texts, home)}</section>
<div class="home-column">
<section class="home-received"><h2>${texts.received[home.slot?.persona.gender ?? 'F']}</h2>${renderSms(texts, home.sms, locale)}${renderMails(home.mails, { texts, locale, app })}</section>
<section class="home-events"><h2 id="events-title">${texts.events}</h2>${renderEvents(home.events, locale)}</section>
</div>
</div>`,
  });
}

/** The one page that frames another site: the app, with the camera for its QR codes. */
function allowPhoneFrame(c: Context<AppEnv>, { origin }: URL): void {
  const policy = pageHeaders['content-security-policy'];
  const features = pageHeaders['permissions-policy']?.replace('camera=()', `camera=("${origin}")`);
  c.header('content-security-policy', `${policy}; frame-src ${origin}`);
  c.header('permissions-policy', features);
}

function persons(texts: HomeTexts, locale: Locale, slot: Slot | undefined): Html {
  const lines = personaLines(locale);
  const entries = personas.map(({ slug, givenName, familyName }) => ({
    id: slug,
    value: slug,
    label: `${givenName} ${familyName}`,
    line: lines[slug],
    initials: initialsOf(givenName, familyName),
    chosen: slot?.persona.slug === slug,
  }));
  const list = pickList({ label: texts.persons, name: 'persona', entries });
  return html`<div data-live id="personnes"><form method="post" action="/personne" id="personnes-liste">${list}</form></div>`;
}

function computer(texts: HomeTexts, slot: Slot | undefined): Html {
  const card = slot?.persona.card && `/api/personas/${slot.persona.slug}/card.p12`;
  const downloads = [
    { href: '/autorite.pem', label: texts.authority },
    ...(card ? [{ href: card, label: texts.cardFile }] : []),
  ];
  return html`<p>${cardState(texts, slot)}</p>
<div class="actions"><form method="get" action="/portail" target="portail">${button({ label: texts.openPortal, icon: 'external-link' })}</form>${cardToggle(texts, slot)}</div>
<p class="note">${texts.portalLine}</p>
<p class="note">${texts.ownReader}</p>${linkRow(downloads)}`;
}

function cardState(texts: HomeTexts, slot: Slot | undefined): string {
  if (!slot) return texts.chooseFirst;
  if (!slot.persona.card) return texts.noCard;
  return slot.cardInserted ? texts.cardInserted[slot.persona.gender] : texts.cardOut;
}

function cardToggle(texts: HomeTexts, slot: Slot | undefined): Html | undefined {
  if (!slot?.persona.card) return undefined;
  const [action, label] = slot.cardInserted ? ['retirer', texts.remove] : ['inserer', texts.insert];
  return html`<form method="post" action="/carte/${action}">${button({ label, kind: 'secondary', icon: 'id-card' })}</form>`;
}

function clockAndReset(texts: HomeTexts, { aheadMs }: Home): Html {
  const options = Object.entries(texts.durations);
  return html`<div class="banner-actions"><span data-live id="clock-state">${clockState(texts, aheadMs)}</span>
<form method="post" action="/horloge"><select name="advance" aria-label="${texts.advanceBy}">${options.map(([ms, label]) => html`<option value="${ms}">${label}</option>`)}</select><button class="quiet">${texts.advance}</button></form>
<form method="post" action="/remise-a-zero"><button class="quiet">${texts.reset}</button></form></div>`;
}

const dayMs = 86_400_000;

function clockState(texts: HomeTexts, aheadMs: number): string {
  if (aheadMs === 0) return texts.realTime;
  return texts.ahead(aheadMs >= dayMs ? texts.days(Math.floor(aheadMs / dayMs)) : formatDuration(aheadMs));
}

function headerLinks(texts: HomeTexts, links: HomeLinks): Html {
  const entries = [
    [links.portal, texts.links.portal],
    [links.directory, texts.links.directory],
    [links.discovery, texts.links.discovery],
  ] as const;
  return html`${entries.map(([href, label]) => html`<a href="${href}">${keepTogether(label)}</a>`)}`;
}

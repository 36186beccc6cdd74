import type { Context } from 'hono';
import { formatIdNatPs, type NationalId } from '#national-id';
import { button, type Fact, facts, keepTogether, notice, numberText } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { activationRpps, type CaseFile, isEndedByEcps, isOfferedEcps } from './case-file.ts';
import type { Cause } from './diagnosis.ts';
import { type RepairMessages, repairMessages } from './messages.ts';
import { signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import type { RepairAddresses } from './repair-parts.ts';
import type { OpenTicket } from './tickets.ts';
import { renderWaiting, waitingPage } from './waiting.ts';
import { wayMessages } from './way-messages.ts';
import { renderWayOut } from './way-out.ts';

export interface RepairView extends OpenTicket {
  addresses: RepairAddresses;
  /** Whether an e-CPS app is served. */
  hasApp: boolean;
}

/** **Réparer ma connexion**: what is wrong, the way out, what is known; a message where a person must help. */
export function renderRepairPage(c: Context<AppEnv>, view: RepairView): Promise<Response> {
  const texts = repairMessages(c.var.locale);
  const { file } = view;
  const { cause } = file.diagnosis;
  return renderPage(c, {
    title: texts.title,
    width: 'narrow',
    ...(isSelfMade(view) ? waitingPage('page') : { script: 'take-along.js' }),
    signedIn: signedInAs(file.verification),
    body: html`<h1>${texts.title}</h1>
${cause ? renderCause(c, view, cause) : notice({ kind: 'ok', body: texts.nothing })}
${renderBack(texts, view)}`,
  });
}

/** The person ends it alone, and the page notices. */
function isSelfMade({ file, hasApp }: RepairView): boolean {
  return hasApp && isEndedByEcps(file.diagnosis.cause);
}

function renderCause(c: Context<AppEnv>, view: RepairView, cause: Cause): Html {
  const texts = repairMessages(c.var.locale);
  const { file, ticket, progress } = view;
  const authority = authorityOf(texts, file.verification.profession);
  return html`<p class="lead" data-testid="cause" data-code="${cause}">${keepTogether(leadOf(c, view, cause))}</p>
<h2>${texts.wayOut}</h2>
${renderWayOut(c, { ...view, authority })}
${isSelfMade(view) && activationRpps(file) !== null && renderWaiting(c, ticket, progress)}
<h2>${texts.known}</h2>
${facts(knownFacts(c, view))}
${!isSelfMade(view) && renderLetter(texts, file, cause)}`;
}

function leadOf(c: Context<AppEnv>, view: RepairView, cause: Cause): string {
  const { leads } = wayMessages(c.var.locale);
  const { file } = view;
  if (isSelfMade(view) && isOfferedEcps(file)) return leads.active;
  if (cause === 'legacy_adeli_identity' && file.verification.method === 'ecps') return leads.removed;
  return repairMessages(c.var.locale).causes[cause].lead;
}

function knownFacts(c: Context<AppEnv>, { file, hasApp }: RepairView): Fact[] {
  const { verification, record, diagnosis, asOf } = file;
  const texts = repairMessages(c.var.locale);
  const { labels } = texts;
  const date = (at: number) => formatDate(at, c.var.locale);
  return [
    {
      label: labels.name[verification.method],
      value: `${verification.givenName} ${verification.familyName}`,
    },
    identityFact(texts, verification),
    ...(record && verification.nationalId.kind !== 'rpps'
      ? [{ label: labels.rpps, value: numberText('rpps', record.rpps) }]
      : []),
    ...(record ? [{ label: labels.places, value: String(record.places) }] : []),
    ...(hasApp && record ? [{ label: labels.ecps, value: texts.ecps.states[file.ecps] }] : []),
    ...(diagnosis.since === null ? [] : [{ label: labels.since, value: date(diagnosis.since) }]),
    { label: labels.source, value: asOf === null ? texts.noSource : texts.source(date(asOf)) },
  ];
}

function identityFact(texts: RepairMessages, { nationalId }: CaseFile['verification']): Fact {
  const [label, value] = identityOf(texts, nationalId);
  return { label, value: numberText(nationalId.kind, value) };
}

/** How a person calls the identifier, and how they write it. */
function identityOf({ labels }: RepairMessages, nationalId: NationalId): [label: string, value: string] {
  const { kind, value } = nationalId;
  return kind === 'rpps' || kind === 'adeli'
    ? [labels[kind], value]
    : [labels.identity, formatIdNatPs(nationalId)];
}

function renderLetter(texts: RepairMessages, file: CaseFile, cause: Cause): Html {
  return html`<h2>${texts.letter}</h2><p>${texts.letterHelp}</p>
<pre class="letter" id="message">${letterText(texts, file, cause)}</pre>
<div class="actions" data-take-along="message" data-done="${texts.copied}" hidden>${button({ label: texts.copy, kind: 'secondary', name: 'copy', type: 'button' })}${button({ label: texts.print, kind: 'quiet', icon: 'printer', name: 'print', type: 'button' })}</div>`;
}

function letterText(texts: RepairMessages, { verification, record }: CaseFile, cause: Cause): string {
  const { givenName, familyName, nationalId } = verification;
  const lines = [identityOf(texts, nationalId).join(texts.colon)];
  if (record && nationalId.kind !== 'rpps') lines.push(`${texts.labels.rpps}${texts.colon}${record.rpps}`);
  return [
    texts.greeting,
    '',
    texts.causes[cause].ask,
    '',
    ...lines,
    '',
    texts.sign,
    `${givenName} ${familyName}`,
  ].join('\n');
}

function renderBack(texts: RepairMessages, { ticket }: RepairView): Html {
  return html`<form class="actions" method="post" action="${paths.back(ticket.id)}">${button({ label: texts.backToService, kind: 'quiet' })}</form>`;
}

function authorityOf({ authority }: RepairMessages, profession: string | null): string {
  return profession && profession in authority
    ? authority[profession as keyof typeof authority]
    : authority.other;
}

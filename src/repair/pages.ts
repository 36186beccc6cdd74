import type { Context } from 'hono';
import { formatIdNatPs, type NationalId } from '#national-id';
import { button, type Fact, facts, notice, numberText, steps } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CaseFile, RepairSession } from './case-file.ts';
import type { Cause } from './diagnosis.ts';
import { type RepairMessages, repairMessages } from './messages.ts';
import { paths } from './paths.ts';
import { actionOf, stepTexts } from './way-out.ts';

export interface RepairView {
  file: CaseFile;
  service: RepairSession['service'];
  /** Where the e-CPS app is; `undefined` where none is served. */
  appUrl: URL | undefined;
}

/** What is wrong, what is known and since when, whom to ask, with a message to copy or print. */
export function renderRepairPage(c: Context<AppEnv>, view: RepairView): Response | Promise<Response> {
  const texts = repairMessages(c.var.locale);
  const { file, service } = view;
  const { cause } = file.diagnosis;
  return renderPage(c, {
    title: texts.title,
    width: 'narrow',
    script: 'take-along.js',
    signedIn: signedInAs(file.verification),
    body: html`<h1>${texts.title}</h1>
${cause ? renderCause(c, view, cause) : notice({ kind: 'ok', body: texts.nothing })}
${service && renderBack(texts)}`,
  });
}

/** Wallet signs out by the provider's form. */
function signedInAs({ nationalId, givenName, familyName }: CaseFile['verification']): SignedIn {
  const name = `${givenName} ${familyName}`;
  return { nationalId, idNatPs: formatIdNatPs(nationalId), name, signOutAction: '/deconnexion' };
}

function renderCause(c: Context<AppEnv>, { file, appUrl }: RepairView, cause: Cause): Html {
  const texts = repairMessages(c.var.locale);
  const authority = authorityOf(texts, file.verification.profession);
  return html`<p class="lead" data-testid="cause" data-code="${cause}">${texts.causes[cause].lead}</p>
<h2>${texts.known}</h2>
${facts(knownFacts(c, file, appUrl !== undefined))}
<h2>${texts.wayOut}</h2>
${steps(stepTexts(texts, { file, appUrl, authority }))}
${actionOf(texts, file, appUrl)}
${renderLetter(texts, file, cause)}`;
}

function knownFacts(c: Context<AppEnv>, file: CaseFile, withEcps: boolean): Fact[] {
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
    ...(withEcps && record ? [{ label: labels.ecps, value: texts.ecps.states[file.ecps] }] : []),
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
  const lines = [identityOf(texts, nationalId).join(' : ')];
  if (record && nationalId.kind !== 'rpps') lines.push(`${texts.labels.rpps} : ${record.rpps}`);
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

function renderBack(texts: RepairMessages): Html {
  return html`<form class="actions" method="post" action="${paths.back}">${button({ label: texts.backToService })}</form>`;
}

function authorityOf({ authority }: RepairMessages, profession: string | null): string {
  return profession && profession in authority
    ? authority[profession as keyof typeof authority]
    : authority.other;
}

import { rpps } from '#national-id';
import {
  button,
  type Fact,
  facts,
  keepTogether,
  linkRow,
  notice,
  numberText,
} from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { KnownContacts } from '../contacts/contact-desk.ts';
import type { HistoryEntry } from '../contacts/contact-history.ts';
import { type DecidedRequest, refusalReasons } from '../contacts/request-store.ts';
import type { ReviewItem } from '../contacts/review.ts';
import { calmName, fullName, placesOf, professionsOf, townOf } from '../search-pages/describe-person.ts';
import { searchPath } from '../search-pages/search-form.ts';
import { formatAge } from './age.ts';
import { timeTag } from './instant.ts';
import { operatorMessages } from './operator-messages.ts';
import type { OperatorVisit } from './operator-parts.ts';
import { paths, pathTo } from './operator-paths.ts';

/** `late`: the decision of this operator came after another one. */
export interface RequestView {
  news?: 'late' | 'no_record' | 'no_reason' | undefined;
}

/** One request with all that is known; a decided one says who decided what. */
export async function showRequest(visit: OperatorVisit, { news }: RequestView = {}): Promise<Response> {
  const { c, desk } = visit;
  const reference = c.req.param('reference') ?? '';
  const open = await desk.listReview();
  const item = open.find(({ id }) => id === reference);
  if (item) return renderOpen(visit, item, { open, news });
  const [decided] = await desk.listDecided(reference);
  return decided ? renderDecided(visit, decided, news) : c.notFound();
}

interface OpenView extends RequestView {
  open: readonly ReviewItem[];
}

async function renderOpen(
  visit: OperatorVisit,
  item: ReviewItem,
  { open, news }: OpenView,
): Promise<Response> {
  const { c, operator, desk } = visit;
  const { request, queue } = operatorMessages(c.var.locale);
  const others = open.filter(({ id, rpps: number }) => id !== item.id && number === item.rpps).length;
  const known = await desk.find(item.rpps);
  return renderPage(c, {
    title: request.title(item.id),
    status: news === 'no_record' ? 409 : news === 'no_reason' ? 422 : 200,
    width: 'wide',
    stylesheet: 'operator.css',
    signedIn: operator.signedIn,
    body: html`<h1>${request.title(item.id)}</h1>
${notice({ kind: 'attention', title: request.anybody, body: request.makeSure })}
${others > 0 && notice({ kind: 'attention', body: request.others(others) })}
<section class="card"><h2>${request.holder}</h2>${facts(await describeHolder(visit, item))}</section>
<section class="card"><h2>${request.details}</h2>${facts(describeDetails(visit, item, known))}</section>
${renderHistory(visit, await desk.listHistory(item.rpps))}
${renderDecision(visit, item, news)}
${linkRow([{ href: paths.queue, label: queue.back }])}`,
  });
}

async function describeHolder({ c, clock, directory }: OperatorVisit, item: ReviewItem): Promise<Fact[]> {
  const { locale } = c.var;
  const { request } = operatorMessages(locale);
  const number = { label: request.number, value: numberText('rpps', item.rpps) };
  const asked = { label: request.asked, value: formatAge(clock.now() - item.requestedAt, locale) };
  const found = item.holder && (await directory.findPractitioner(rpps(item.rpps)));
  if (!found) return [{ label: request.name, value: request.nobody }, number, asked];
  const { practitioner, roles } = found;
  const places = placesOf(roles).map(({ organization: { name, tradeName, address } }) =>
    [name ?? tradeName, calmName(townOf(address))].filter(Boolean).join(', '),
  );
  return [
    {
      label: request.name,
      value: html`<a href="${searchPath}/${practitioner.id}">${fullName(practitioner)}</a>`,
    },
    number,
    { label: request.profession, value: professionsOf(practitioner) || request.none },
    { label: request.places, value: places.join(' · ') || request.none },
    asked,
  ];
}

/** The new ones in full, since they are what is to be checked with the person; those known stay masked. */
function describeDetails({ c }: OperatorVisit, item: ReviewItem, known: KnownContacts | undefined): Fact[] {
  const { request } = operatorMessages(c.var.locale);
  return [
    { label: request.newEmail, value: html`<strong>${item.email}</strong>` },
    { label: request.newPhone, value: html`<strong>${numberText('phone', item.phone)}</strong>` },
    { label: request.knownEmail, value: known?.maskedEmail ?? request.none },
    { label: request.knownPhone, value: known?.maskedPhone ?? request.none },
  ];
}

function renderHistory({ c }: OperatorVisit, history: readonly HistoryEntry[]): Html | undefined {
  if (history.length === 0) return undefined;
  const { locale } = c.var;
  const { request } = operatorMessages(locale);
  const entries = history.map(({ at, ground, maskedEmail, maskedPhone, source, actor }) => ({
    label: timeTag(at, locale),
    value: html`${request.grounds[ground]}<br><span class="note">${[maskedEmail, maskedPhone, source, actor].filter((value) => value !== null).join(' · ')}</span>`,
  }));
  return html`<section class="card history"><h2>${request.history}</h2>${facts(entries)}</section>`;
}

function renderDecision({ c }: OperatorVisit, { id, holder }: ReviewItem, news: RequestView['news']): Html {
  const { request } = operatorMessages(c.var.locale);
  const accept = html`<form method="post" action="${pathTo(paths.accept, id)}">${button({ label: request.accept })}</form>`;
  const reasons = refusalReasons.map(
    (reason) => html`<option value="${reason}">${request.reasons[reason]}</option>`,
  );
  return html`<section><h2>${request.decide}</h2>
${holder ? html`<p class="note">${keepTogether(request.acceptNote)}</p><div class="actions">${accept}</div>` : html`<p class="note">${keepTogether(request.cannotAccept)}</p>`}
<form method="post" action="${pathTo(paths.refuse, id)}" class="refusal"><div class="field${news === 'no_reason' && ' field-error'}"><label for="motif">${request.reason}</label><select id="motif" name="motif" aria-describedby="motif-hint">${reasons}</select><p class="hint" id="motif-hint">${keepTogether(request.reasonHint)}</p></div>
<div class="actions">${button({ label: request.refuse, kind: 'secondary' })}</div></form></section>`;
}

function renderDecided(
  { c, operator }: OperatorVisit,
  decided: DecidedRequest,
  news: RequestView['news'],
): Promise<Response> {
  const { locale } = c.var;
  const { request, queue } = operatorMessages(locale);
  const { id, decision, decidedAt, decidedBy, reason } = decided;
  const who = decidedBy === operator.idNatPs ? request.you : (decidedBy ?? request.commandLine);
  const late = news === 'late' ? notice({ kind: 'attention', role: 'alert', ...request.late }) : undefined;
  return renderPage(c, {
    title: request.title(id),
    status: news === 'late' ? 409 : 200,
    width: 'wide',
    stylesheet: 'operator.css',
    signedIn: operator.signedIn,
    body: html`<h1>${request.title(id)}</h1>
${late ?? notice({ kind: decision === 'accepted' ? 'ok' : 'info', title: request.told[decision] })}
<section class="card">${facts([
      { label: request.decision, value: request.decisions[decision] },
      ...(reason ? [{ label: request.reason, value: request.reasons[reason] }] : []),
      { label: request.by, value: who },
      { label: request.at, value: timeTag(decidedAt, locale) },
      { label: request.number, value: numberText('rpps', decided.rpps) },
      { label: request.newEmail, value: decided.maskedEmail },
      { label: request.newPhone, value: decided.maskedPhone },
    ])}</section>
${linkRow([{ href: paths.queue, label: queue.back }])}`,
  });
}

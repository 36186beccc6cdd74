import { emptyState, facts, keepTogether, linkRow, numberText } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { DecidedRequest } from '../contacts/request-store.ts';
import type { ReviewItem } from '../contacts/review.ts';
import { calmName } from '../search-pages/describe-person.ts';
import { formatAge } from './age.ts';
import { timeTag } from './instant.ts';
import { operatorMessages } from './operator-messages.ts';
import type { OperatorVisit } from './operator-parts.ts';
import { paths, pathTo } from './operator-paths.ts';

/** Who asks for which change, oldest first, and what was decided last. */
export async function showQueue(visit: OperatorVisit): Promise<Response> {
  const { c, operator, desk } = visit;
  const { queue, back } = operatorMessages(c.var.locale);
  const items = await desk.listReview();
  const decided = await desk.listDecided();
  return renderPage(c, {
    title: queue.title,
    width: 'wide',
    stylesheet: 'operator.css',
    signedIn: operator.signedIn,
    body: html`<h1>${queue.title}</h1><p class="lead">${keepTogether(queue.lead)}</p>
${items.length > 0 ? html`<ol class="runs" role="list">${items.map((item) => renderItem(visit, item))}</ol>` : emptyState({ icon: 'circle-check', body: queue.open(0) })}
${decided.length > 0 && html`<section><h2>${queue.decided}</h2><ul class="runs" role="list">${decided.map((request) => renderDecided(visit, request))}</ul></section>`}
${linkRow([{ href: paths.overview, label: back }])}`,
  });
}

function renderItem({ c, clock }: OperatorVisit, { id, rpps, holder, requestedAt }: ReviewItem): Html {
  const { locale } = c.var;
  const { request } = operatorMessages(locale);
  const name = holder ? `${calmName(holder.givenName)} ${calmName(holder.familyName)}` : request.nobody;
  return html`<li><article class="card run"><h2><a href="${pathTo(paths.request, id)}"><span class="nowrap">${id}</span></a></h2>
${facts([
  { label: request.holder, value: name },
  { label: request.number, value: numberText('rpps', rpps) },
  { label: request.asked, value: formatAge(clock.now() - requestedAt, locale) },
])}</article></li>`;
}

function renderDecided({ c }: OperatorVisit, { id, decision, decidedAt }: DecidedRequest): Html {
  const { locale } = c.var;
  const { decisions } = operatorMessages(locale).request;
  return html`<li><a href="${pathTo(paths.request, id)}"><span class="nowrap">${id}</span></a> · ${decisions[decision]} · ${timeTag(decidedAt, locale)}</li>`;
}

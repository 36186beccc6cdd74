import type { Context } from 'hono';
import { button, choiceCard, keepTogether, notice, serviceHeader } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CardFailure } from '#smart-card';
import type { FailedCard } from './card-step.ts';
import { messages } from './messages.ts';
import { paths } from './paths.ts';
import type { SignInRequest } from './sign-in-host.ts';

/** Where somebody goes whose sign-in is gone: its service is not known any more. */
export interface StartingPoint {
  name: string;
  url: string;
}

export function renderChoice(c: Context<AppEnv>, request: SignInRequest): Promise<Response> {
  const { choose, service } = messages(c.var.locale);
  return renderPage(c, {
    title: choose.title,
    body: html`${serviceHeader({ lead: service, ...request.service })}
<h1>${keepTogether(choose.title)}</h1><p class="lead">${choose.lead}</p>
<form class="choices" method="post" action="${paths.card(request.id)}">${choiceCard({ id: 'carte', icon: 'id-card', label: choose.card, line: choose.cardLine })}</form>
${backForm(c, request)}`,
  });
}

export function renderCardFailed(
  c: Context<AppEnv>,
  request: SignInRequest,
  { failure }: FailedCard,
): Promise<Response> {
  const { cardFailed, service } = messages(c.var.locale);
  const { what, now } = cardFailed.failures[failure];
  return renderPage(c, {
    title: cardFailed.title,
    body: html`${serviceHeader({ lead: service, ...request.service })}
<h1>${cardFailed.title}</h1>
${notice({ kind: 'attention', testId: 'card-failure', code: failure, role: 'alert', title: what, body: now })}
${renewal(c, failure)}
<form method="post" action="${paths.card(request.id)}">${button({ label: cardFailed.retry, icon: 'rotate-ccw' })}</form>
${backForm(c, request)}`,
  });
}

export function renderExpired(c: Context<AppEnv>, start: StartingPoint): Promise<Response> {
  const { expired } = messages(c.var.locale);
  return renderPage(c, {
    title: expired.title,
    status: 410,
    body: html`<h1>${expired.title}</h1><p class="lead">${expired.body}</p><p>${expired.next}</p>
<div class="actions">${button({ href: start.url, label: expired.goTo(start.name) })}</div>`,
  });
}

/** A card at its end is a cause of its own (`authenticator_expired`), whoever asks the directory or not. */
function renewal(c: Context<AppEnv>, failure: CardFailure): Html | undefined {
  if (failure !== 'expired' && failure !== 'revoked') return undefined;
  const { renewal: texts } = messages(c.var.locale).cardFailed;
  return notice({ kind: 'info', testId: 'cause', code: 'authenticator_expired', ...texts });
}

function backForm(c: Context<AppEnv>, request: SignInRequest): Html {
  const label = messages(c.var.locale).back;
  return html`<form method="post" action="${paths.back(request.id)}">${button({ label, kind: 'quiet' })}</form>`;
}

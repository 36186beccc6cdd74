import type { Context } from 'hono';
import type { Method } from '#national-id';
import { button, choiceCard, keepTogether, notice } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CardFailure } from '#smart-card';
import type { FailedCard } from './card-step.ts';
import { ecpsMessages } from './ecps-messages.ts';
import { messages } from './messages.ts';
import { backForm, buttonForm, ecpsLinks, serviceOf } from './page-parts.ts';
import { paths } from './paths.ts';
import type { SignInRequest } from './sign-in-host.ts';
import { lastMethod } from './this-browser.ts';

/** Where somebody goes whose sign-in is gone: its service is not known any more. */
export interface StartingPoint {
  name: string;
  url: string;
}

/** What the pages of every means know of the e-CPS; absent where it is not offered. */
export type EcpsOffer = { appUrl: URL; forgottenPath: string | undefined } | undefined;

export function renderChoice(c: Context<AppEnv>, request: SignInRequest, ecps: EcpsOffer): Promise<Response> {
  const { choose } = messages(c.var.locale);
  return renderPage(c, {
    title: choose.title,
    body: html`${serviceOf(c, request)}
<h1>${keepTogether(choose.title)}</h1><p class="lead">${choose.lead}</p>
<div class="choices">${offered(c, ecps).map((method) => choiceOf(c, request, method, ecps))}</div>
${ecps && ecpsLinks(c, request, ecps)}
${backForm(c, request)}`,
  });
}

/** The card comes first, unless this browser used the e-CPS last. */
function offered(c: Context<AppEnv>, ecps: EcpsOffer): Method[] {
  if (!ecps) return ['card'];
  return lastMethod(c) === 'ecps' ? ['ecps', 'card'] : ['card', 'ecps'];
}

const choices = {
  card: { id: 'carte', icon: 'id-card', path: paths.card },
  ecps: { id: 'e-cps', icon: 'smartphone', path: paths.ecps },
} as const;

function choiceOf(c: Context<AppEnv>, { id }: SignInRequest, method: Method, ecps: EcpsOffer): Html {
  const { choose } = messages(c.var.locale);
  const { path, ...look } = choices[method];
  const preferred = ecps !== undefined && lastMethod(c) === method;
  const line = choose[`${method}Line`];
  const card = choiceCard({
    ...look,
    label: choose[method],
    line: preferred ? choose.lastUsed(line) : line,
    preferred,
  });
  return html`<form method="post" action="${path(id)}">${card}</form>`;
}

export function renderCardFailed(
  c: Context<AppEnv>,
  request: SignInRequest,
  { failure }: FailedCard,
  ecps: EcpsOffer,
): Promise<Response> {
  const { cardFailed } = messages(c.var.locale);
  const { what, now } = cardFailed.failures[failure];
  return renderPage(c, {
    title: cardFailed.title,
    body: html`${serviceOf(c, request)}
<h1>${cardFailed.title}</h1>
${notice({ kind: 'attention', testId: 'card-failure', code: failure, role: 'alert', title: what, body: now })}
${renewal(c, failure, ecps)}
<div class="actions">${buttonForm(paths.card(request.id), { label: cardFailed.retry, icon: 'rotate-ccw' })}${ecps && insteadOfCard(c, request)}</div>
${backForm(c, request)}`,
  });
}

function insteadOfCard(c: Context<AppEnv>, { id }: SignInRequest): Html {
  const { ecps: label } = ecpsMessages(c.var.locale);
  return buttonForm(paths.ecps(id), { label, kind: 'secondary', icon: 'smartphone' });
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
function renewal(c: Context<AppEnv>, failure: CardFailure, ecps: EcpsOffer): Html | undefined {
  if (failure !== 'expired' && failure !== 'revoked') return undefined;
  const { renewal: texts, activation } = messages(c.var.locale).cardFailed;
  const ways = ecps && {
    body: html`${keepTogether(`${texts.body} ${activation}`)}`,
    action: button({
      href: ecps.appUrl.href,
      kind: 'quiet',
      label: ecpsMessages(c.var.locale).activate,
      icon: 'smartphone',
    }),
  };
  return notice({ kind: 'info', testId: 'cause', code: 'authenticator_expired', ...texts, ...ways });
}

import type { Context } from 'hono';
import {
  button,
  facts,
  field,
  keepTogether,
  linkRow,
  notice,
  numberText,
} from '#platform/html/components.ts';
import { formatDate, formatDuration, formatTime } from '#platform/html/dates.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { qrCode } from '#platform/html/qr-code.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { ecpsMessages } from './ecps-messages.ts';
import type { Approval, RefusedRequest } from './ecps-step.ts';
import type { EcpsEnd } from './next-step.ts';
import { buttonForm, ecpsLinks, serviceOf, waysOut } from './page-parts.ts';
import { paths } from './paths.ts';
import type { SignInRequest } from './sign-in-host.ts';
import type { TypedIdentifier } from './typed-identifier.ts';

export interface IdentifierForm {
  /** What the text box holds. */
  value: string;
  error?: Extract<TypedIdentifier, { error: string }>['error'];
  forgottenPath: string | undefined;
}

/** **Identifiant e-CPS**. */
export function renderIdentifier(
  c: Context<AppEnv>,
  request: SignInRequest,
  form: IdentifierForm,
): Promise<Response> {
  const { value, error } = form;
  const { identifier: texts } = ecpsMessages(c.var.locale);
  const input = field({
    name: 'identifiant',
    label: texts.label,
    hint: texts.hint,
    error: error && texts.errors[error],
    value,
    autocomplete: 'username',
    autofocus: true,
  });
  return renderPage(c, {
    title: texts.title,
    status: error ? 422 : 200,
    body: html`${serviceOf(c, request)}
<h1>${keepTogether(texts.title)}</h1><p class="lead">${texts.lead}</p>
<form method="post" action="${paths.newApproval(request.id)}">${input}${button({ label: texts.submit, icon: 'smartphone' })}</form>
${ecpsLinks(c, request, form)}
${waysOut(c, request)}`,
  });
}

/** Waits for the phone; a script asks how it stands, without one the page is read again. */
export function renderWaiting(
  c: Context<AppEnv>,
  request: SignInRequest,
  approval: Approval,
  now: number,
): Promise<Response> {
  const { waiting } = ecpsMessages(c.var.locale);
  const number = String(approval.number).padStart(2, '0');
  return renderPage(c, {
    title: waiting.title,
    script: 'waiting.js',
    refresh: { seconds: 4, url: paths.approval(request.id, approval.id), withoutScript: true },
    body: html`${serviceOf(c, request)}
<h1>${waiting.title}</h1><p class="lead">${keepTogether(waiting.lead)}</p>
<p class="match-number" data-testid="number">${number}</p>
<p class="left" data-waiting="${paths.approvalState(request.id, approval.id)}">${timeLeft(c, approval, now)}</p>
${facts([{ label: waiting.identifier, value: numberText(approval.nationalId.kind, approval.nationalId.value) }])}
<p class="note">${waiting.nothing}</p>
${waysOut(c, request, buttonForm(paths.ecps(request.id), { label: waiting.correct, kind: 'quiet' }))}`,
  });
}

/** In steps of five seconds: a page that counts each one hurries people. */
export function timeLeft(c: Context<AppEnv>, { expiresAt }: Approval, now: number): string {
  const stepMs = 5000;
  return ecpsMessages(c.var.locale).waiting.left(
    formatDuration(Math.ceil((expiresAt - now) / stepMs) * stepMs),
  );
}

/** What happened on the phone, and the ways on. */
export function renderEnded(c: Context<AppEnv>, request: SignInRequest, end: EcpsEnd): Promise<Response> {
  const { ended, retry } = ecpsMessages(c.var.locale);
  const { title, body } = ended[end];
  return renderPage(c, {
    title,
    body: html`${serviceOf(c, request)}
<h1>${keepTogether(title)}</h1><p class="lead">${keepTogether(body)}</p>
${buttonForm(paths.newApproval(request.id), { label: retry, icon: 'rotate-ccw' })}
${waysOut(c, request)}`,
  });
}

export interface RefusedView {
  refusal: RefusedRequest;
  appUrl: URL;
  now: number;
}

/** Why no phone was asked, until when, and the card instead. */
export function renderRefused(
  c: Context<AppEnv>,
  request: SignInRequest,
  view: RefusedView,
): Promise<Response> {
  const texts = ecpsMessages(c.var.locale);
  const { title, body } = refusedTexts(c, view);
  const card = { label: texts.card, icon: 'id-card', kind: 'secondary' } as const;
  const retry = { label: texts.retry, kind: 'secondary' } as const;
  return renderPage(c, {
    title,
    body: html`${serviceOf(c, request)}
<h1>${keepTogether(title)}</h1>
${body}
<div class="actions">${buttonForm(paths.card(request.id), card)}${buttonForm(paths.newApproval(request.id), retry)}</div>
${waysOut(c, request)}`,
  });
}

function refusedTexts(c: Context<AppEnv>, { refusal, appUrl, now }: RefusedView) {
  const { refused, activate } = ecpsMessages(c.var.locale);
  const { outcome } = refusal;
  if (outcome === 'expired') {
    const { title, what, now: advice } = refused.expired;
    const action = button({ href: appUrl.href, label: activate });
    const code = 'authenticator_expired';
    const cause = { kind: 'attention', testId: 'cause', code, role: 'alert' } as const;
    return { title, body: notice({ ...cause, title: what, body: advice, action }) };
  }
  const { title, body } = refused[outcome];
  const heading = typeof title === 'string' ? title : title(untilText(c, refusal, now));
  return { title: heading, body: html`<p class="lead">${keepTogether(body)}</p>` };
}

/** The time alone where it is today's. */
function untilText(c: Context<AppEnv>, refusal: RefusedRequest, now: number): string {
  if (!('until' in refusal)) return '';
  const { locale } = c.var;
  const { atTime, onDay } = ecpsMessages(locale);
  const [day, time] = [formatDate(refusal.until, locale), formatTime(refusal.until, locale)];
  return day === formatDate(now, locale) ? atTime(time) : onDay(day, time);
}

/** Signed in by card: a suspended e-CPS may be unblocked before the sign-in goes on. */
export function renderThaw(c: Context<AppEnv>, id: string, goesOn: string): Promise<Response> {
  const { thaw: texts } = ecpsMessages(c.var.locale);
  return renderPage(c, {
    title: texts.title,
    body: html`<h1>${keepTogether(texts.title)}</h1><p class="lead">${keepTogether(texts.lead)}</p>
<p>${keepTogether(texts.advice)}</p>
<div class="actions">${buttonForm(paths.frozen(id), { label: texts.submit, icon: 'smartphone' })}${button({ href: goesOn, label: texts.skip, kind: 'secondary' })}</div>`,
  });
}

/** **Je n'ai pas encore de e-CPS**: where the app is, and what is needed. */
export function renderActivation(c: Context<AppEnv>, { id }: SignInRequest, appUrl: URL): Promise<Response> {
  const { activation: texts, activate } = ecpsMessages(c.var.locale);
  const { href } = appUrl;
  return renderPage(c, {
    title: texts.title,
    body: html`<h1>${keepTogether(texts.title)}</h1><p class="lead">${keepTogether(texts.lead)}</p>
<p>${texts.scan}</p>
${qrCode(href, texts.picture)}
<p>${href}</p>
<div class="actions">${button({ href, label: activate })}</div>
<h2>${texts.needed}</h2>
${facts(Object.values(texts.items))}
${linkRow([{ href: paths.page(id), label: texts.back }])}`,
  });
}

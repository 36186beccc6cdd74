import type { Context } from 'hono';
import { button, linkRow } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { type FailureKind, failureStatus } from './failure.ts';
import { messages } from './messages.ts';

export interface FailurePage {
  kind: FailureKind;
  /** Starts the sign-in again. */
  startHref: string;
  /** What support finds in the log. */
  reference?: string;
}

/** One failed sign-in: what happened, and the way on. */
export function renderFailure(c: Context<AppEnv>, page: FailurePage): Promise<Response> {
  const texts = messages(c.var.locale);
  const { title, text } = texts.failures[page.kind];
  const again = page.kind === 'lost' || page.kind === 'denied' || page.kind === 'stranger';
  const reference =
    page.reference && html`<p class="reference">${texts.reference} <strong>${page.reference}</strong></p>`;
  return renderMessage(c, {
    title,
    status: failureStatus[page.kind],
    body: html`<p class="lead">${text}</p>${reference}`,
    action: button({ href: page.startHref, label: again ? texts.signIn : texts.retry }),
  });
}

/** After a sign-out; `complete` where the issuer confirmed it too. */
export function renderSignedOut(c: Context<AppEnv>, startHref: string, complete: boolean): Promise<Response> {
  const texts = messages(c.var.locale);
  const { title, text } = complete ? texts.signedOut : texts.signedOutHere;
  const action = button({ href: startHref, label: texts.signIn, kind: 'secondary' });
  return renderMessage(c, { title, status: 200, body: html`<p class="lead">${text}</p>`, action });
}

function renderMessage(
  c: Context<AppEnv>,
  { title, status, body, action }: { title: string; status: number; body: Html; action: Html },
): Promise<Response> {
  const links = linkRow([{ href: '/', label: messages(c.var.locale).home }]);
  return renderPage(c, {
    title,
    status,
    width: 'narrow',
    body: html`<h1>${title}</h1>${body}<div class="actions">${action}</div>${links}`,
  });
}

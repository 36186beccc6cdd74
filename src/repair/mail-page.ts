import type { Context } from 'hono';
import { rppsFragment } from '#authenticator';
import { maskEmail, maskPhone } from '#directory';
import { keepTogether, linkRow, steps } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { renderAddress, signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import type { Ticket } from './ticket.ts';
import { type Progress, renderWaiting, waitingPage } from './waiting.ts';
import { type WayTexts, wayMessages } from './way-messages.ts';

/** The app's address with the number that the request begins with; a fragment reaches no server. */
export function requestAddress(appUrl: URL, rpps: string): string {
  return new URL(`/#${rppsFragment}=${rpps}`, appUrl).href;
}

export interface MailView {
  ticket: Ticket;
  progress: Progress;
  /** See `requestAddress`. */
  href: string;
  contacts: { email: string; phone: string };
}

/** **Par mail et SMS**: where the app is, and what comes there. */
export async function renderMail(c: Context<AppEnv>, view: MailView): Promise<Response> {
  const { ticket, progress, href, contacts } = view;
  const texts = wayMessages(c.var.locale);
  const { mail } = texts;
  return renderPage(c, {
    title: mail.title,
    ...waitingPage('page'),
    signedIn: signedInAs(ticket.verification),
    body: html`<h1>${mail.title}</h1><p class="lead">${keepTogether(mail.lead)}</p>
${await renderAddress(c, { href, picture: mail.picture })}
${steps(stepsOf(texts, contacts))}
${renderWaiting(c, ticket, progress)}
${linkRow([{ href: paths.ticket(ticket.id), label: texts.otherWay }])}`,
  });
}

function stepsOf({ mail }: WayTexts, { email, phone }: MailView['contacts']): string[] {
  const { open, request, confirm, choose } = mail.steps;
  return [open, request, confirm(maskEmail(email), maskPhone(phone)), choose];
}

import type { Context } from 'hono';
import { button, keepTogether, linkRow } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { renderAddress, signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import { redrawSeconds } from './policy.ts';
import type { Ticket } from './ticket.ts';
import { type Progress, renderWaiting, waitingPage } from './waiting.ts';
import { wayMessages } from './way-messages.ts';

export interface CodeView {
  ticket: Ticket;
  progress: Progress;
  appUrl: URL;
}

/** **Scanner avec mon téléphone**: the address that a card vouches for. */
export async function renderCode(c: Context<AppEnv>, view: CodeView, url: string): Promise<Response> {
  const { ticket, progress, appUrl } = view;
  const texts = wayMessages(c.var.locale);
  const { code } = texts;
  const again = button({ label: code.again, kind: 'secondary', icon: 'refresh-cw' });
  return renderPage(c, {
    title: code.title,
    ...waitingPage('code'),
    signedIn: signedInAs(ticket.verification),
    body: html`<h1>${code.title}</h1><p class="lead">${keepTogether(code.lead)}</p>
${await renderAddress(c, {
  href: url,
  picture: code.picture,
  redrawSeconds,
  redraw: html`<form method="get" action="${paths.code(ticket.id)}">${again}</form>`,
})}
${renderWaiting(c, ticket, progress)}
<p class="note">${keepTogether(code.install(appUrl.host))}</p>
<p class="note">${code.careful}</p>
${linkRow([{ href: paths.ticket(ticket.id), label: texts.otherWay }])}`,
  });
}

/** A phone has taken the code. */
export function renderRedeemed(c: Context<AppEnv>, { ticket, progress }: CodeView): Promise<Response> {
  const texts = wayMessages(c.var.locale);
  const { redeemed } = texts;
  return renderPage(c, {
    title: redeemed.title,
    ...waitingPage('page'),
    signedIn: signedInAs(ticket.verification),
    body: html`<h1>${redeemed.title}</h1><p class="lead">${redeemed.lead}</p>
${renderWaiting(c, ticket, progress)}
<p class="note">${keepTogether(redeemed.restartHelp)}</p>
${linkRow([
  { href: paths.card(ticket.id), label: redeemed.restart },
  { href: paths.ticket(ticket.id), label: texts.otherWay },
])}`,
  });
}

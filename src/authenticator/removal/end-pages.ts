import type { Context } from 'hono';
import { button, keepTogether, linkRow, notice } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { qrCode } from '#platform/html/qr-code.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { paths } from './paths.ts';
import { removalMessages } from './removal-messages.ts';
import type { Removal } from './removal-store.ts';

/** It is gone. `ticketUrl`: where the repair that this browser is in goes on. */
export function renderRemoved(
  c: Context<AppEnv>,
  { returnTo }: Removal,
  ticketUrl: string | undefined,
): Promise<Response> {
  const { removed, activation, back } = removalMessages(c.var.locale);
  const activate = button({ label: activation.submit });
  const goOn = ticketUrl !== undefined && button({ href: ticketUrl, label: removed.goOn, kind: 'secondary' });
  return renderPage(c, {
    title: removed.title,
    body: html`<h1>${keepTogether(removed.title)}</h1>
${notice({ kind: 'ok', body: removed.body, role: 'status' })}
<p>${keepTogether(removed.next)}</p>
<div class="actions"><form method="get" action="${paths.activation}">${activate}</form>${goOn}</div>
${returnTo !== null && !goOn && linkRow([{ href: returnTo, label: back }])}`,
  });
}

/** Where the app is. */
export async function renderActivation(
  c: Context<AppEnv>,
  { href, returnTo }: { href: string; returnTo: string | null },
): Promise<Response> {
  const { activation, back } = removalMessages(c.var.locale);
  return renderPage(c, {
    title: activation.title,
    body: html`<h1>${keepTogether(activation.title)}</h1><p class="lead">${keepTogether(activation.lead)}</p>
<p>${activation.scan}</p>
${await qrCode(href, activation.picture)}
<p>${href}</p>
<div class="actions">${button({ href, label: activation.submit })}</div>
${returnTo !== null && linkRow([{ href: returnTo, label: back }])}`,
  });
}

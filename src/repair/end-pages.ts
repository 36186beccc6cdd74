import type { Context } from 'hono';
import { facts, keepTogether, notice, numberText } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Ticket } from './ticket.ts';
import { wayMessages } from './way-messages.ts';

/** The repair is done, and its service has no address that starts a sign-in. */
export function renderDone(c: Context<AppEnv>, { service }: Ticket, rpps: string): Promise<Response> {
  const { done } = wayMessages(c.var.locale);
  return renderPage(c, {
    title: done.title,
    body: html`<h1>${keepTogether(done.title)}</h1>
${notice({ kind: 'ok', body: done.lead(service?.name), role: 'status' })}
${facts([{ label: done.identifier, value: numberText('rpps', rpps) }])}`,
  });
}

/** **Revenir au service**, which has no such address. */
export function renderClosing(c: Context<AppEnv>, { service }: Ticket): Promise<Response> {
  const { closing } = wayMessages(c.var.locale);
  return renderPage(c, {
    title: closing.title,
    body: html`<h1>${closing.title}</h1><p class="lead">${keepTogether(closing.lead(service?.name))}</p>`,
  });
}

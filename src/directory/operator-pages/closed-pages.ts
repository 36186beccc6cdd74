import type { Context } from 'hono';
import { button, keepTogether, notice } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { operatorMessages } from './operator-messages.ts';
import type { OperatorPagesDependencies, SignedInPerson, SignInGate } from './operator-parts.ts';

/** Nobody is signed in. */
export function renderSignIn(c: Context<AppEnv>, gate: SignInGate, wanted: string): Promise<Response> {
  const { title, signIn } = operatorMessages(c.var.locale);
  return renderPage(c, {
    title,
    status: c.req.method === 'POST' ? 403 : 200,
    body: html`<h1>${title}</h1>
<p class="lead">${keepTogether(signIn.lead)}</p>
<div class="actions">${button({ label: signIn.button, href: gate.startHref(wanted) })}</div>`,
  });
}

/** Somebody who is no operator: how to make them one, which only who runs the server can. */
export function renderClosed(
  c: Context<AppEnv>,
  { inventedOperator }: OperatorPagesDependencies,
  { idNatPs, signedIn }: SignedInPerson,
): Promise<Response> {
  const { closed } = operatorMessages(c.var.locale);
  return renderPage(c, {
    title: closed.title,
    status: 403,
    signedIn,
    body: html`<h1>${closed.title}</h1>
<p class="lead">${keepTogether(closed.lead)}</p>
<p>${keepTogether(closed.how)}</p>
<p><code class="command">HYGIE_DIRECTORY_OPERATORS=<wbr>${idNatPs}</code></p>
${inventedOperator && notice({ kind: 'info', body: closed.invented(inventedOperator) })}`,
  });
}

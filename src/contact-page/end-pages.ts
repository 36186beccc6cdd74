import { button, facts, keepTogether, notice } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { messages } from './messages.ts';
import { signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import type { Visit } from './visit.ts';

/** **Vos coordonnées sont enregistrées**. */
export async function showSaved(visit: Visit): Promise<Response> {
  const { c, visitor, desk, href } = visit;
  const access = visitor?.access;
  const known = access && access.way !== 'none' && (await desk.find(access.rpps));
  if (!known) return c.redirect(href(paths.page), 303);
  const { saved, form } = messages(c.var.locale);
  const entries = [
    { label: form.email, value: known.maskedEmail },
    { label: form.phone, value: known.maskedPhone },
  ].flatMap(({ label, value }) => (value ? [{ label, value }] : []));
  return renderPage(c, {
    title: saved.title,
    ...signedInAs(visit),
    body: html`<h1>${saved.title}</h1>
${notice({ kind: 'ok', body: known.verified ? saved.verified : saved.unverified })}
${facts(entries)}
${renderGoOn(visit)}`,
  });
}

/** **Votre demande est transmise**; shows nothing but a reference. */
export function showTransmitted(visit: Visit): Response | Promise<Response> {
  const { c, href } = visit;
  const reference = c.req.query('reference') ?? '';
  if (!/^[A-Z2-7]{3}-[A-Z2-7]{3}$/.test(reference)) return c.redirect(href(paths.page), 303);
  const { transmitted } = messages(c.var.locale);
  return renderPage(c, {
    title: transmitted.title,
    ...signedInAs(visit),
    body: html`<h1>${transmitted.title}</h1>
<p class="lead">${keepTogether(transmitted.lead)}</p>
${facts([{ label: transmitted.reference, value: html`<strong class="nowrap" data-testid="reference">${reference}</strong>` }])}
<p class="note">${transmitted.next}</p>
${renderGoOn(visit)}`,
  });
}

/** **Continuer** to a repair, or **Revenir à l'application**. */
function renderGoOn({ c, back }: Visit): Html | undefined {
  if (!back) return undefined;
  const label = messages(c.var.locale).goOn[back.site];
  return html`<div class="actions">${button({ href: back.href, label })}</div>`;
}

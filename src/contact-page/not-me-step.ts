import { button, facts, keepTogether } from '#platform/html/components.ts';
import { formatDate } from '#platform/html/dates.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { messages } from './messages.ts';
import { buttonForm } from './page-parts.ts';
import { paths, withQuery } from './paths.ts';
import type { Visit } from './visit.ts';

/** **Ce n'est pas moi**, opened from a notice: a question, since readers of mail open links by themselves. */
export async function askNotMe(visit: Visit): Promise<Response> {
  const { c, desk } = visit;
  const token = c.req.query('jeton') ?? '';
  const change = await desk.findDisputed(token);
  if (!change) return renderEnd(visit, 'dead');
  const { notMe, form } = messages(c.var.locale);
  const entries = [
    { label: form.email, value: change.maskedEmail },
    { label: form.phone, value: change.maskedPhone },
    { label: notMe.changed, value: formatDate(change.changedAt, c.var.locale) },
  ].flatMap(({ label, value }) => (value ? [{ label, value }] : []));
  return renderPage(c, {
    title: notMe.title,
    body: html`<h1>${keepTogether(notMe.title)}</h1><p class="lead">${keepTogether(notMe.lead)}</p>
${facts(entries)}
<div class="actions">${buttonForm(withQuery(paths.notMe, { jeton: token }), button({ label: notMe.block }))}</div>`,
  });
}

/** **Bloquer**. */
export async function blockChange(visit: Visit): Promise<Response> {
  const { c, desk } = visit;
  const withdrawn = await desk.withdrawDisputed(c.req.query('jeton') ?? '', c.var.locale);
  return renderEnd(visit, withdrawn ? 'done' : 'dead');
}

function renderEnd({ c, href }: Visit, end: 'done' | 'dead'): Promise<Response> {
  const { title, body, again } = messages(c.var.locale).notMe[end];
  return renderPage(c, {
    title,
    status: end === 'dead' ? 410 : 200,
    body: html`<h1>${title}</h1><p class="lead">${keepTogether(body)}</p>
<div class="actions">${button({ href: href(paths.page), label: again, kind: 'secondary' })}</div>`,
  });
}

import { button, field, keepTogether, linkRow } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { clientAddress } from '#platform/http/client-address.ts';
import { contactFields, faultText, inputNames, parseTyped } from './forms.ts';
import { messages } from './messages.ts';
import { faultsIn, refusalNotice, signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import type { Refusal, TypedContacts } from './ports.ts';
import type { Visit } from './visit.ts';

/** **Je n'ai pas ma carte**. */
export function showRequestForm(visit: Visit): Promise<Response> {
  return renderRequestForm(visit, { email: '', phone: '', rpps: '' });
}

/** **Enregistrer** without a card: the same answer whether anybody has that number or not. */
export async function sendRequest(visit: Visit): Promise<Response> {
  const { c, desk, href } = visit;
  const typed = await parseTyped(c);
  const address = clientAddress(c);
  const answer = await desk.requestReview({ typed, locale: c.var.locale, address });
  if (answer.outcome === 'transmitted')
    return c.redirect(href(paths.transmitted, { reference: answer.reference }), 303);
  return renderRequestForm(visit, typed, answer);
}

function renderRequestForm(
  visit: Visit,
  typed: TypedContacts & { rpps: string },
  refusal?: Exclude<Refusal, { outcome: 'no_record' }>,
): Promise<Response> {
  const { c, href, back } = visit;
  const texts = messages(c.var.locale);
  const { form } = texts;
  const faults = faultsIn(refusal);
  const number = field({
    name: inputNames.rpps,
    label: form.rpps,
    hint: form.rppsHint,
    error: faultText(texts, 'rpps', faults),
    value: typed.rpps,
    inputMode: 'numeric',
    figures: true,
    autofocus: faults.rpps !== undefined || !refusal,
  });
  const others = contactFields(c, { typed, faults });
  return renderPage(c, {
    title: texts.title,
    status: refusal ? (refusal.outcome === 'faults' ? 422 : 429) : 200,
    ...signedInAs(visit),
    body: html`<h1>${texts.title}</h1>
<p class="lead">${keepTogether(form.leads.request)}</p>
${refusalNotice(visit, refusal)}
<form method="post" action="${href(paths.withoutCard)}" novalidate>${number}${others}${button({ label: form.submit })}</form>
${linkRow([
  { href: href(paths.page, { session: 'aucune' }), label: texts.otherWay },
  ...(back ? [{ href: back.href, label: texts.goBack }] : []),
])}`,
  });
}

import { button, facts, keepTogether, linkRow, numberText } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { contactFields } from './forms.ts';
import { renderHistory } from './history-section.ts';
import { messages } from './messages.ts';
import { faultsIn, refusalNotice, signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import type { KnownContacts, Refusal, TypedContacts } from './ports.ts';
import type { Visit } from './visit.ts';
import type { Access } from './visitor.ts';

export interface OwnForm {
  access: Exclude<Access, { way: 'none' }>;
  known: KnownContacts;
  typed: TypedContacts;
  refusal?: Exclude<Refusal, { outcome: 'no_record' }>;
}

/** The form of a person who is signed in: what is known, masked, and what to put in its place. */
export async function renderOwnForm(
  visit: Visit,
  { access, known, typed, refusal }: OwnForm,
): Promise<Response> {
  const { c, href, back, desk } = visit;
  const texts = messages(c.var.locale);
  const fields = contactFields(c, { typed, known, faults: faultsIn(refusal), autofocus: true });
  return renderPage(c, {
    title: texts.title,
    status: refusal ? (refusal.outcome === 'faults' ? 422 : 429) : 200,
    ...signedInAs(visit),
    body: html`<h1>${texts.title}</h1>
<p class="lead">${keepTogether(texts.form.leads[access.way])}</p>
${refusalNotice(visit, refusal)}
${renderLinked(visit, access)}
<form method="post" action="${href(paths.page)}" novalidate>${fields}${button({ label: texts.form.submit })}</form>
${renderHistory(await desk.listHistory(access.rpps), c.var.locale)}
${back && linkRow([{ href: back.href, label: texts.goBack }])}`,
  });
}

/** Under an ADELI card: whose record it is. */
function renderLinked({ c }: Visit, access: OwnForm['access']): Html | undefined {
  if (access.way !== 'card' || access.adeli === null) return undefined;
  const { linked, linkedRpps } = messages(c.var.locale).form;
  return html`<p class="note">${linked}</p>
${facts([{ label: linkedRpps, value: numberText('rpps', access.rpps) }])}`;
}

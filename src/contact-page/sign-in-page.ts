import { choiceCard, keepTogether, linkRow, notice } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { messages } from './messages.ts';
import { signedInAs } from './page-parts.ts';
import { paths } from './paths.ts';
import type { Visit } from './visit.ts';
import type { Access } from './visitor.ts';

/** Why somebody who is signed in may change nothing. */
export type Reason = Extract<Access, { way: 'none' }>['reason'] | 'no_record';

/** **Carte CPS**, or a request to the Order; with `reason`, why the session that is open does not do. */
export function renderSignIn(visit: Visit, reason?: Reason): Promise<Response> {
  const { c, href, back, relyingParty } = visit;
  const texts = messages(c.var.locale);
  const { signIn } = texts;
  const links = [
    { href: href(paths.withoutCard), label: signIn.withoutCard },
    ...(reason ? [] : [{ href: relyingParty.startHref(href(paths.page)), label: signIn.ecps }]),
    ...(back ? [{ href: back.href, label: texts.goBack }] : []),
  ];
  return renderPage(c, {
    title: texts.title,
    ...signedInAs(visit),
    body: html`<h1>${texts.title}</h1>
<p class="lead">${keepTogether(signIn.lead)}</p>
${reason && notice({ kind: 'attention', ...signIn.reasons[reason] })}
<form method="post" action="${href(paths.card)}" class="choices">${choiceCard({ id: 'card', icon: 'id-card', label: signIn.card, line: signIn.cardLine })}</form>
${linkRow(links)}`,
  });
}

import { button, errorSummary, field, keepTogether, linkRow, notice } from '#platform/html/components.ts';
import { formatDuration } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import { codeNames, parseCodes } from './forms.ts';
import { messages } from './messages.ts';
import { buttonForm, signedInAs, tooManyNotice } from './page-parts.ts';
import { paths } from './paths.ts';
import type { AwaitedCodes, OwnChange } from './ports.ts';
import type { Visit } from './visit.ts';

/** What the last act on this page led to. */
type News =
  | { kind: 'sent' }
  | { kind: 'too_soon' }
  | { kind: 'too_many'; retryAt: number }
  | ({ kind: 'wrong' } & WrongCodes);

/** What is said at each box. */
interface WrongCodes {
  email: string | undefined;
  phone: string | undefined;
}

/** Asks for the two codes of a change under an e-CPS. */
export async function showCodes(visit: Visit): Promise<Response> {
  const own = ownChange(visit);
  return own ? answerWith(visit, own) : startOver(visit);
}

/** **Valider**. */
export async function confirmCodes(visit: Visit): Promise<Response> {
  const { c, desk, href } = visit;
  const own = ownChange(visit);
  if (!own) return startOver(visit);
  const typed = await parseCodes(c);
  const { codes } = messages(c.var.locale);
  const missing = (code: string) => (code.trim() === '' ? codes.missing : undefined);
  const [noEmail, noPhone] = [missing(typed.emailCode), missing(typed.phoneCode)];
  if (noEmail || noPhone) return answerWith(visit, own, { kind: 'wrong', email: noEmail, phone: noPhone });
  const answer = await desk.confirmUnderEcps(own, typed);
  if (answer.outcome === 'saved') return c.redirect(href(paths.saved), 303);
  if (answer.outcome === 'dead') return answerWith(visit, own);
  const text = answer.triesLeft > 0 ? codes.wrong(answer.triesLeft) : undefined;
  const [email, phone] = [answer.emailWrong && text, answer.phoneWrong && text];
  return answerWith(visit, own, { kind: 'wrong', email: email || undefined, phone: phone || undefined });
}

/** **Renvoyer les codes**. */
export async function sendAgain(visit: Visit): Promise<Response> {
  const own = ownChange(visit);
  if (!own) return startOver(visit);
  const answer = await visit.desk.sendCodesAgain(own);
  if (answer.outcome === 'too_many')
    return answerWith(visit, own, { kind: 'too_many', retryAt: answer.retryAt });
  if (answer.outcome === 'codes_sent') return answerWith(visit, own, { kind: 'sent' });
  return answerWith(visit, own, answer.outcome === 'too_soon' ? { kind: 'too_soon' } : undefined);
}

/** Only whoever started a change, signed in by the same number, may go on with it. */
function ownChange({ c, visitor }: Visit): OwnChange | undefined {
  const changeId = c.req.query('demande');
  if (visitor?.access.way !== 'ecps' || !changeId) return undefined;
  return { changeId, rpps: visitor.access.rpps, locale: c.var.locale };
}

function startOver({ c, href }: Visit): Response {
  return c.redirect(href(paths.page), 303);
}

async function answerWith(visit: Visit, own: OwnChange, news?: News): Promise<Response> {
  const awaited = await visit.desk.findAwaitedCodes(own);
  return awaited ? renderCodes(visit, { own, awaited, news }) : startOver(visit);
}

interface CodesView {
  own: OwnChange;
  awaited: AwaitedCodes;
  news: News | undefined;
}

function renderCodes(visit: Visit, view: CodesView): Promise<Response> {
  const { c, href } = visit;
  const { own, awaited, news } = view;
  const { codes } = messages(c.var.locale);
  const alive = awaited.triesLeft > 0;
  const resend = button({ label: codes.sendAgain, kind: alive ? 'quiet' : 'primary', icon: 'refresh-cw' });
  return renderPage(c, {
    title: codes.title,
    status: statusOf(news),
    ...signedInAs(visit),
    body: html`<h1>${codes.title}</h1>
${alive ? renderLead(visit, awaited) : notice({ kind: 'attention', body: codes.dead, role: 'alert' })}
${renderNews(visit, news)}
${alive && renderForm(visit, view)}
<div class="actions">${buttonForm(href(paths.sendAgain, { demande: own.changeId }), resend)}</div>
${linkRow([{ href: href(paths.page), label: codes.again }])}`,
  });
}

function renderLead({ c, clock }: Visit, { expiresAt }: AwaitedCodes): Html {
  const left = formatDuration(expiresAt - clock.now());
  return html`<p class="lead">${keepTogether(messages(c.var.locale).codes.lead(left))}</p>`;
}

function renderForm(visit: Visit, { own, awaited, news }: CodesView): Html {
  const { c, href } = visit;
  const { codes } = messages(c.var.locale);
  const wrong = news?.kind === 'wrong' ? news : { email: undefined, phone: undefined };
  const code = { autocomplete: 'one-time-code', inputMode: 'numeric', figures: true, maxLength: 12 } as const;
  const email = field({
    ...code,
    name: codeNames.emailCode,
    label: codes.email,
    hint: codes.emailHint(awaited.maskedEmail),
    error: wrong.email,
    autofocus: wrong.phone === undefined || wrong.email !== undefined,
  });
  const phone = field({
    ...code,
    name: codeNames.phoneCode,
    label: codes.phone,
    hint: codes.phoneHint(awaited.maskedPhone),
    error: wrong.phone,
    autofocus: wrong.phone !== undefined && wrong.email === undefined,
  });
  return html`<form method="post" action="${href(paths.codes, { demande: own.changeId })}" novalidate>${email}${phone}${button({ label: codes.submit })}</form>`;
}

function renderNews(visit: Visit, news: News | undefined): Html | undefined {
  const { codes } = messages(visit.c.var.locale);
  if (news?.kind === 'too_many') return tooManyNotice(visit, news.retryAt);
  if (news?.kind === 'sent') return notice({ kind: 'ok', body: codes.sent, role: 'status' });
  if (news?.kind === 'too_soon') return notice({ kind: 'attention', body: codes.tooSoon, role: 'status' });
  return news && renderBothWrong(visit, news);
}

function renderBothWrong({ c }: Visit, { email, phone }: WrongCodes): Html | undefined {
  if (!email || !phone) return undefined;
  const { codes, faults } = messages(c.var.locale);
  return errorSummary(faults.summary(2), [
    { field: codeNames.emailCode, message: codes.about(codes.email, email) },
    { field: codeNames.phoneCode, message: codes.about(codes.phone, phone) },
  ]);
}

function statusOf(news: News | undefined): number {
  if (news?.kind === 'wrong') return 422;
  return news?.kind === 'too_many' ? 429 : 200;
}

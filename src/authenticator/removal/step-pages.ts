import type { Context } from 'hono';
import {
  button,
  choiceCard,
  errorSummary,
  facts,
  field,
  keepTogether,
  linkRow,
  notice,
  numberText,
} from '#platform/html/components.ts';
import { formatDuration } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { codeTries } from '../policy.ts';
import { paths, startAddress } from './paths.ts';
import { triesLeft } from './removal.ts';
import { removalMessages } from './removal-messages.ts';
import type { Removal } from './removal-store.ts';

/** What the last act on this page led to, where the stored removal does not tell. */
export type News =
  | { kind: 'too_soon' | 'too_many'; retryAt: number }
  /** What is said at each box. */
  | { kind: 'wrong'; mail: string | undefined; sms: string | undefined };

export interface StepView {
  removal: Removal;
  now: number;
  news?: News | undefined;
}

/** Before codes were asked for: the two ways to prove that it is hers. Alike for every number. */
export function renderProve(c: Context<AppEnv>, view: StepView): Promise<Response> {
  const { prove } = removalMessages(c.var.locale);
  const receive = { id: 'codes', icon: 'mail', label: prove.receive, line: prove.receiveLine } as const;
  const card = { id: 'carte', icon: 'id-card', label: prove.card, line: prove.cardLine } as const;
  return renderPage(c, {
    title: prove.title,
    status: statusOf(view.news),
    body: html`<h1>${keepTogether(prove.title)}</h1><p class="lead">${keepTogether(prove.lead)}</p>
${renderNews(c, view)}
${renderIdentifier(c, view)}
<div class="choices"><form method="post" action="${paths.codes}">${choiceCard(receive)}</form><form method="post" action="${paths.card}">${choiceCard(card)}</form></div>
${renderLinks(c, view)}`,
  });
}

/** Asks for the two codes, whether any were sent or not. */
export function renderCodes(c: Context<AppEnv>, view: StepView): Promise<Response> {
  const { codes, prove } = removalMessages(c.var.locale);
  const alive = triesLeft(view.removal.state, view.now) > 0;
  const again = button({ label: codes.sendAgain, kind: alive ? 'quiet' : 'primary', icon: 'refresh-cw' });
  const card = button({ label: prove.card, kind: 'secondary', icon: 'id-card' });
  return renderPage(c, {
    title: codes.title,
    status: statusOf(view.news),
    body: html`<h1>${keepTogether(codes.title)}</h1>
${alive ? renderLead(c, view) : notice({ kind: 'attention', body: codes.dead, role: 'alert' })}
${renderNews(c, view)}
${renderIdentifier(c, view)}
${alive && renderForm(c, view)}
<div class="actions"><form method="post" action="${paths.card}">${card}</form><form method="post" action="${paths.codes}">${again}</form></div>
${renderLinks(c, view)}`,
  });
}

function renderLead(c: Context<AppEnv>, { removal, now }: StepView): Html {
  const left = formatDuration((removal.state.codes?.expiresAt ?? now) - now);
  return html`<p class="lead">${keepTogether(removalMessages(c.var.locale).codes.lead(left))}</p>`;
}

function renderForm(c: Context<AppEnv>, { news }: StepView): Html {
  const { codes } = removalMessages(c.var.locale);
  const wrong = news?.kind === 'wrong' ? news : { mail: undefined, sms: undefined };
  const onlySms = wrong.sms !== undefined && wrong.mail === undefined;
  const code = { inputMode: 'numeric', figures: true, maxLength: 12 } as const;
  const mail = field({
    ...code,
    name: 'code-mail',
    label: codes.mail,
    autocomplete: 'off',
    error: wrong.mail,
    autofocus: !onlySms,
  });
  const sms = field({
    ...code,
    name: 'code-sms',
    label: codes.sms,
    hint: codes.nothing,
    autocomplete: 'one-time-code',
    error: wrong.sms,
    autofocus: onlySms,
  });
  return html`<form method="post" action="${paths.remove}" novalidate>${mail}${sms}${button({ label: codes.submit })}</form>`;
}

function renderNews(c: Context<AppEnv>, { removal, now, news }: StepView): Html | undefined {
  const { codes, prove, tooMany } = removalMessages(c.var.locale);
  if (news?.kind === 'wrong') return renderBothWrong(c, news);
  if (news) {
    const left = formatDuration(news.retryAt - now);
    const body = news.kind === 'too_soon' ? codes.tooSoon(left) : tooMany(left);
    return notice({ kind: 'attention', body, role: 'alert' });
  }
  const { cardRefusal, codesSentAt } = removal.state;
  if (cardRefusal) {
    const shown = { kind: 'attention', testId: 'card-refusal', code: cardRefusal, role: 'alert' } as const;
    return notice({ ...shown, ...prove.refusals[cardRefusal] });
  }
  return codesSentAt.length > 1 && triesLeft(removal.state, now) === codeTries
    ? notice({ kind: 'ok', body: codes.sentAgain, role: 'status' })
    : undefined;
}

function renderBothWrong(
  c: Context<AppEnv>,
  { mail, sms }: Extract<News, { kind: 'wrong' }>,
): Html | undefined {
  if (!mail || !sms) return undefined;
  const { codes } = removalMessages(c.var.locale);
  return errorSummary(codes.summary, [
    { field: 'code-mail', message: codes.about(codes.mail, mail) },
    { field: 'code-sms', message: codes.about(codes.sms, sms) },
  ]);
}

function renderIdentifier(c: Context<AppEnv>, { removal: { nationalId } }: StepView): Html {
  const { identifier } = removalMessages(c.var.locale).prove;
  return facts([{ label: identifier, value: numberText(nationalId.kind, nationalId.value) }]);
}

function renderLinks(c: Context<AppEnv>, { removal: { returnTo } }: StepView): Html {
  const { prove, back } = removalMessages(c.var.locale);
  return linkRow([
    { href: startAddress(returnTo), label: prove.correct },
    ...(returnTo === null ? [] : [{ href: returnTo, label: back }]),
  ]);
}

function statusOf(news: News | undefined): number {
  if (news?.kind === 'wrong') return 422;
  return news?.kind === 'too_many' || news?.kind === 'too_soon' ? 429 : 200;
}

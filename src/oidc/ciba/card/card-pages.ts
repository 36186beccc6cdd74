import type { Context } from 'hono';
import { formatIdNatPs, type Verification } from '#national-id';
import { button, emptyState, facts, notice } from '#platform/html/components.ts';
import { formatTime } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { cardMessages } from './card-messages.ts';
import { type CardQuestion, isReadFor } from './card-question.ts';

/** On wallet: what programs ask the holder of a card. */
export const questionsPath = '/demandes';

export interface CardPageView {
  verification: Verification;
  questions: readonly CardQuestion[];
  /** Reads the card anew and comes back. */
  readUrl: string;
}

/** Every question that waits for her, each with its three numbers. */
export function renderQuestions(c: Context<AppEnv>, view: CardPageView): Promise<Response> {
  const texts = cardMessages(c.var.locale);
  const { questions, verification } = view;
  const again = { href: questionsPath, label: texts.refresh, kind: 'secondary' } as const;
  const body =
    questions.length > 0
      ? html`<p class="lead">${texts.lead}</p>${questions.map((question) => renderQuestion(c, question, view))}`
      : html`<p class="lead">${texts.none}</p>${emptyState({ icon: 'id-card', body: texts.noneBody, action: button(again) })}`;
  return render(c, verification, texts.title, body);
}

function renderQuestion(c: Context<AppEnv>, question: CardQuestion, view: CardPageView): Html {
  const texts = cardMessages(c.var.locale);
  const { service, expiresAt } = question;
  return html`<section data-testid="question"><h2>${service.name}</h2>
${facts([{ label: texts.expires, value: texts.until(formatTime(expiresAt, c.var.locale)) }])}
${isReadFor(question, view.verification) ? renderChoice(c, question) : renderRead(c, view)}</section>`;
}

function renderChoice(c: Context<AppEnv>, { id, numbers }: CardQuestion): Html {
  const texts = cardMessages(c.var.locale);
  const choices = numbers.map((number) => {
    const value = String(number).padStart(2, '0');
    return button({ label: texts.choose(value), kind: 'secondary', name: 'numero', value });
  });
  const refuse = button({ label: texts.refuse, kind: 'danger', name: 'numero', value: 'refus' });
  return html`<form method="post" action="${questionsPath}/${id}"><p>${texts.number}</p>
<div class="actions">${choices}</div>
<div class="actions">${refuse}</div></form>`;
}

function renderRead(c: Context<AppEnv>, { readUrl }: CardPageView): Html {
  const texts = cardMessages(c.var.locale);
  return html`${notice({ kind: 'info', body: texts.stale })}<div class="actions">${button({ href: readUrl, label: texts.read, icon: 'id-card' })}</div>`;
}

export type QuestionEnd = 'approved' | 'refused' | 'wrong_number' | 'gone';

export function renderQuestionEnd(
  c: Context<AppEnv>,
  verification: Verification,
  end: QuestionEnd,
): Promise<Response> {
  const { ended, back } = cardMessages(c.var.locale);
  const { title, body } = ended[end];
  const link = button({ href: questionsPath, label: back, kind: 'secondary' });
  const said = html`<p class="lead">${body}</p><div class="actions">${link}</div>`;
  return render(c, verification, title, said, end === 'gone' ? 410 : 200);
}

function render(c: Context<AppEnv>, verification: Verification, title: string, body: Html, status = 200) {
  const page = { title, status, width: 'narrow', signedIn: signedInAs(verification) } as const;
  return renderPage(c, { ...page, body: html`<h1>${title}</h1>${body}` });
}

function signedInAs({ nationalId, givenName, familyName }: Verification): SignedIn {
  const name = `${givenName} ${familyName}`;
  return { nationalId, idNatPs: formatIdNatPs(nationalId), name, signOutAction: '/deconnexion' };
}

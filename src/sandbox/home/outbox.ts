import { emptyState, numberText } from '#platform/html/components.ts';
import { formatTime } from '#platform/html/dates.ts';
import { type Html, html } from '#platform/html/html.ts';
import { icon } from '#platform/html/icons.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { OutboxMail } from '#platform/mail/mail-outbox.ts';
import type { OutboxSms } from '#platform/sms/sms-outbox.ts';
import { findCode, findLinks } from '../outbox-texts.ts';
import type { HomeTexts } from './messages.ts';

export function renderMails(texts: HomeTexts, mails: readonly OutboxMail[], locale: Locale): Html {
  const empty = emptyState({ icon: 'mail', body: texts.noMail });
  return html`<div class="card" data-live id="mails"><h3 id="mails-title">${texts.mails}</h3><ul class="messages" role="list" aria-labelledby="mails-title">${mails.map((mail) => renderMail(texts, mail, locale))}</ul>${mails.length === 0 && empty}</div>`;
}

function renderMail(
  texts: HomeTexts,
  { to, subject, text, html: content, sentAt }: OutboxMail,
  locale: Locale,
): Html {
  const links = findLinks(content).map(
    ({ text: label, href }) => html`<a href="${href}" target="_blank" rel="noopener">${label}</a>`,
  );
  return html`<li class="message"><p class="message-head">${icon('mail')}<span>${subject}</span>${timeOf(sentAt, locale)}</p><p class="note">${texts.to(to)}</p><p class="message-body">${text}</p>${links.length > 0 && html`<p class="actions">${links}</p>`}</li>`;
}

export function renderSms(texts: HomeTexts, messages: readonly OutboxSms[], locale: Locale): Html {
  const empty = emptyState({ icon: 'message-square', body: texts.noSms });
  return html`<div class="card" data-live id="sms"><h3 id="sms-title">${texts.sms}</h3><ul class="messages" role="list" aria-labelledby="sms-title">${messages.map((sms) => renderOneSms(texts, sms, locale))}</ul>${messages.length === 0 && empty}</div>`;
}

function renderOneSms(texts: HomeTexts, { to, text, sentAt }: OutboxSms, locale: Locale): Html {
  const code = findCode(text);
  return html`<li class="message"><p class="message-head">${icon('message-square')}<span>${texts.to(to)}</span>${timeOf(sentAt, locale)}</p>${code && html`<p class="message-code">${numberText('code', code)}</p>`}<p class="message-body">${text}</p></li>`;
}

function timeOf(at: number, locale: Locale): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${formatTime(at, locale)}</time>`;
}

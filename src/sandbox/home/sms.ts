import { emptyState, numberText } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { icon } from '#platform/html/icons.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { OutboxSms } from '#platform/sms/sms-outbox.ts';
import { findCode } from '../outbox-texts.ts';
import type { HomeTexts } from './messages.ts';
import { sentAtTime } from './sent-at.ts';

export function renderSms(texts: HomeTexts, messages: readonly OutboxSms[], locale: Locale): Html {
  const empty = emptyState({ icon: 'message-square', body: texts.noSms });
  return html`<div class="card" data-live id="sms"><h3 id="sms-title">${texts.sms}</h3><ul class="messages" id="sms-list" tabindex="0" role="list" aria-labelledby="sms-title">${messages.map((sms) => renderOneSms(texts, sms, locale))}</ul>${messages.length === 0 && empty}</div>`;
}

function renderOneSms(texts: HomeTexts, { to, text, sentAt }: OutboxSms, locale: Locale): Html {
  const code = findCode(text);
  return html`<li class="message"><p class="message-head">${icon('message-square')}<span>${texts.to(numberText('phone', to))}</span>${sentAtTime(sentAt, locale)}</p>${code && html`<p class="message-code">${numberText('code', code)}</p>`}<p class="message-body">${text}</p></li>`;
}

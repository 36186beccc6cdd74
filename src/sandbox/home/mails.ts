import { button, emptyState } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { icon } from '#platform/html/icons.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { OutboxMail } from '#platform/mail/mail-outbox.ts';
import { parseAppAddress } from '../phone/phone-address.ts';
import { type MailBlock, type MailPiece, readMailBlocks } from './mail-blocks.ts';
import type { HomeTexts } from './messages.ts';
import { sentAtTime } from './sent-at.ts';

/** How the list of mails is shown: `app` is the base URL of the addresses that her phone opens. */
export interface MailsView {
  texts: HomeTexts;
  locale: Locale;
  app: URL;
}

export function renderMails(mails: readonly OutboxMail[], view: MailsView): Html {
  const { texts } = view;
  const empty = emptyState({ icon: 'mail', body: texts.noMail });
  return html`<div class="card" data-live id="mails"><h3 id="mails-title">${texts.mails}</h3><ul class="messages" id="mails-list" tabindex="0" role="list" aria-labelledby="mails-title">${mails.map((mail) => renderMail(mail, view))}</ul>${mails.length === 0 && empty}</div>`;
}

function renderMail({ id, to, subject, text, html: content, sentAt }: OutboxMail, view: MailsView): Html {
  const { texts, locale } = view;
  const blocks = readMailBlocks(content).filter((block) => textOf(block) !== subject);
  return html`<li class="message"><p class="message-head">${icon('mail')}<span>${subject}</span>${sentAtTime(sentAt, locale)}</p><p class="note">${texts.to(to)} · <a href="/mails/${id}" target="_blank" rel="noopener">${texts.wholeMail}</a></p>${blocks.length > 0 ? blocks.map((block) => renderBlock(block, view)) : html`<p class="message-body">${text}</p>`}</li>`;
}

/** An address of the app on a line of its own is what the mail is about: it opens here, or on her phone. */
function renderBlock(block: MailBlock, view: MailsView): Html {
  const [only, ...others] = block;
  if (only?.kind === 'link' && others.length === 0 && parseAppAddress(view.app, only.href)) {
    return html`<div class="actions">${renderLink(only, 'button secondary')}${onPhone(only.href, view)}</div>`;
  }
  return html`<p class="message-body">${block.map(renderPiece)}</p>`;
}

function renderPiece(piece: MailPiece): Html {
  if (piece.kind === 'link') return renderLink(piece);
  if (piece.kind === 'picture') {
    return html`<img class="message-picture" src="${piece.source}" alt="${piece.text}" width="208" height="208">`;
  }
  return html`${piece.text}`;
}

function renderLink({ text, href }: { text: string; href: string }, className?: string): Html {
  return html`<a${className && html` class="${className}"`} href="${href}" target="_blank" rel="noopener">${text}</a>`;
}

function onPhone(href: string, { texts }: MailsView): Html {
  return html`<form method="post" action="/telephone/adresse"><input type="hidden" name="adresse" value="${href}">${button({ label: texts.openOnPhone, kind: 'secondary', icon: 'smartphone' })}</form>`;
}

function textOf(block: MailBlock): string {
  return block
    .map(({ text }) => text)
    .join('')
    .trim();
}

import { type Html, html, raw } from '../html/html.ts';
import { keepTogether } from '../html/keep-together.ts';
import type { Locale } from '../html/messages.ts';
import { type MailBlock, type MailLink, renderMailText } from './mail-blocks.ts';
import { look, mailFont, mailStyles } from './mail-look.ts';
import type { Mail } from './mail-sender.ts';
import { renderQrPicture } from './qr-picture.ts';

export interface MailContent {
  locale: Locale;
  /** Also the heading. */
  subject: string;
  /** Who writes, beside the mark. */
  sender: string;
  /** At most one QR code. */
  blocks: readonly MailBlock[];
  footer: string;
}

const qrCid = 'qr';

/**
 * One column without tables, styles on the elements themselves, since readers of mail drop most else. Nothing is
 * fetched from anywhere: the QR code travels with the mail.
 */
export async function layoutMail(content: MailContent): Promise<Omit<Mail, 'to'>> {
  const { subject, blocks, footer, locale } = content;
  const code = blocks.find((block) => block.kind === 'qr');
  return {
    subject,
    text: renderMailText(blocks, footer, locale),
    html: String(await renderDocument(content)),
    images: code ? [await renderQrPicture(code.href, qrCid)] : [],
  };
}

function renderDocument({ locale, subject, sender, blocks, footer }: MailContent): Html {
  const page = look(`padding:20px 12px 32px;font:400 17px/1.5 ${mailFont}`, {
    background: 'paper',
    color: 'ink',
  });
  const card = look('max-width:520px;margin:0 auto;padding:24px;border:1px solid;border-radius:14px', {
    background: 'surface',
    border: 'line',
  });
  return html`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${subject}</title><style>${raw(mailStyles)}</style></head><body ${look('margin:0;padding:0', { background: 'paper' })}><div ${page}><div ${card}>${renderSender(sender)}<h1 style="margin:0 0 16px;font-size:26px;line-height:1.25;font-weight:700">${keepTogether(subject)}</h1>${blocks.map(renderBlock)}</div><p ${look('max-width:472px;margin:16px auto 0;padding:0 24px;font-size:14px', { color: 'ink-2' })}>${keepTogether(footer)}</p></div></body></html>`;
}

function renderSender(sender: string): Html {
  const mark = look('letter-spacing:-2px', { color: 'brand' });
  return html`<p style="margin:0 0 20px;font-weight:600"><span aria-hidden="true" ${mark}>●–●–●</span>&nbsp; ${keepTogether(sender)}</p>`;
}

function renderBlock(block: MailBlock): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p style="margin:0 0 16px">${keepTogether(block.text)}</p>`;
    case 'button':
      return renderButton(block);
    case 'link':
      return html`<p style="margin:0 0 16px">${renderLink(block, 'brand')}</p>`;
    case 'qr':
      return html`<p style="margin:0 0 8px;text-align:center"><img src="cid:${qrCid}" alt="${block.text}" width="208" height="208" style="border-radius:12px;background-color:#ffffff"></p><p ${look('margin:0 0 20px;text-align:center;font-size:15px', { color: 'ink-2' })}>${keepTogether(block.text)}</p>`;
    case 'address':
      return html`<p ${look('margin:0 0 20px;font-size:15px', { color: 'ink-2' })}>${keepTogether(block.text)}<br><span style="font:13px/1.5 ui-monospace,Menlo,Consolas,monospace;word-break:break-all">${block.href}</span></p>`;
    case 'facts':
      return html`<dl ${look('margin:0 0 20px;padding:0;border-top:1px solid', { border: 'line' })}>${block.facts.map(renderFact)}</dl>`;
    case 'alarm':
      return html`<div ${look('padding:12px 16px;border-left:4px solid;border-radius:4px', { background: 'danger-soft', border: 'danger' })}><p style="margin:0 0 4px">${keepTogether(block.text)}</p><p style="margin:0">${renderLink(block, 'danger')}</p></div>`;
  }
}

function renderButton({ label, href }: MailLink): Html {
  const button = look(
    'display:block;padding:14px 20px;border-radius:12px;text-align:center;font-weight:600;text-decoration:none',
    { background: 'brand', color: 'on-brand' },
  );
  return html`<p style="margin:0 0 20px"><a href="${href}" ${button}>${label}</a></p>`;
}

function renderLink({ label, href }: MailLink, color: 'brand' | 'danger'): Html {
  return html`<a href="${href}" ${look('display:inline-block;padding:10px 0;font-weight:600', { color })}>${label}</a>`;
}

function renderFact({ label, value }: { label: string; value: string }): Html {
  return html`<div ${look('padding:8px 0;border-bottom:1px solid', { border: 'line' })}><dt ${look('display:inline', { color: 'ink-2' })}>${label}</dt> <dd style="display:inline;margin:0;font-weight:600">${value}</dd></div>`;
}

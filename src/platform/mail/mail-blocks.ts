import type { Locale } from '../html/messages.ts';

export interface MailLink {
  label: string;
  href: string;
}

/** What a mail says, in reading order; its text and its HTML are made from the same blocks. */
export type MailBlock =
  | { kind: 'paragraph'; text: string }
  /** The one thing to do. */
  | ({ kind: 'button' } & MailLink)
  | ({ kind: 'link' } & MailLink)
  /** The QR code of an address; `text` says what it is for. */
  | { kind: 'qr'; text: string; href: string }
  /** An address to copy. */
  | { kind: 'address'; text: string; href: string }
  | { kind: 'facts'; facts: readonly { label: string; value: string }[] }
  /** What to do if this was somebody else. */
  | ({ kind: 'alarm'; text: string } & MailLink);

const colons: Record<Locale, string> = { fr: '\u00a0:', en: ':' };

/** The plain part, which every reader can show. */
export function renderMailText(blocks: readonly MailBlock[], footer: string, locale: Locale): string {
  const texts = blocks.map((block) => textOf(block, colons[locale])).filter((text) => text !== '');
  return `${[...texts, `-- \n${footer}`].join('\n\n')}\n`;
}

function textOf(block: MailBlock, colon: string): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'button':
    case 'link':
      return `${block.label}${colon}\n${block.href}`;
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}${colon} ${value}`).join('\n');
    case 'alarm':
      return `${block.text}\n${block.label}${colon}\n${block.href}`;
    case 'address':
      return block.text;
    case 'qr':
      return '';
  }
}

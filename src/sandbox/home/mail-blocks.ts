import { decodeEntities } from '../outbox-texts.ts';

/** What a mail shows, as far as the home repeats it: nothing of its markup comes along. */
export type MailPiece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'picture'; text: string; source: string };

/** One paragraph, heading or line. */
export type MailBlock = readonly MailPiece[];

const unseen =
  /<(head|style|script|title)\b[\s\S]*?<\/\1>|<(\w+)[^>]*\saria-hidden="true"[^>]*>[\s\S]*?<\/\2>|<!--[\s\S]*?-->|<![^>]*>/gi;
const tokens = /<a\s[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>|<img\b([^>]*)>|<\/?(\w+)[^>]*>|([^<]+)/gi;
const blockTags = /^(p|div|h[1-6]|ul|ol|li|dl|tr|td|br|hr|table|body)$/i;

/** Reads the blocks of a mail's HTML in order; of links those that lead somewhere, of pictures those inside it. */
export function readMailBlocks(html: string): MailBlock[] {
  const blocks: MailPiece[][] = [[]];
  for (const [, href, label, image, tag, text] of html.replace(unseen, '').matchAll(tokens)) {
    if (tag && blockTags.test(tag)) blocks.push([]);
    const piece = linkOf(href, label) ?? pictureOf(image) ?? textOf(text);
    if (piece) blocks.at(-1)?.push(piece);
  }
  return blocks.map(trimBlock).filter((block) => block.length > 0);
}

/** Space around a block comes from how its HTML was written. */
function trimBlock(block: MailBlock): MailBlock {
  const isBlank = ({ kind, text }: MailPiece) => kind === 'text' && text.trim() === '';
  const first = block.findIndex((piece) => !isBlank(piece));
  const last = block.findLastIndex((piece) => !isBlank(piece));
  const [head, ...rest] = first < 0 ? [] : block.slice(first, last + 1);
  return head ? [{ ...head, text: head.text.trimStart() }, ...rest] : [];
}

function linkOf(href: string | undefined, label = ''): MailPiece | undefined {
  if (href === undefined) return undefined;
  const address = decodeEntities(href);
  const text = plain(label).trim();
  return /^https?:$/.test(URL.parse(address)?.protocol ?? '')
    ? { kind: 'link', text, href: address }
    : { kind: 'text', text };
}

function pictureOf(attributes: string | undefined): MailPiece | undefined {
  const source = /\ssrc="(data:image\/png;base64,[\w+/=]+)"/.exec(attributes ?? '')?.[1];
  const text = plain(/\salt="([^"]*)"/.exec(attributes ?? '')?.[1] ?? '');
  return source === undefined ? undefined : { kind: 'picture', text, source };
}

function textOf(text: string | undefined): MailPiece | undefined {
  return text === undefined ? undefined : { kind: 'text', text: plain(text) };
}

function plain(html: string): string {
  return decodeEntities(html.replace(/<[^>]*>/g, ' ')).replace(/[ \t\r\n]+/g, ' ');
}

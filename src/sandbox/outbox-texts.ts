/** A link of a mail as its reader sees it. */
export interface MailLink {
  text: string;
  href: string;
}

const anchors = /<a\s[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g;
const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
};

/** The links of a mail's HTML, in order. */
export function findLinks(html: string): MailLink[] {
  return [...html.matchAll(anchors)].map(([, href = '', content = '']) => ({
    text: decodeEntities(content.replace(/<[^>]*>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim(),
    href: decodeEntities(href),
  }));
}

/** The one-time code of a message: six digits that stand alone, not inside an address. */
export function findCode(text: string): string | null {
  return /(?<![\w-])\d{6}(?![\w-])/.exec(text)?.[0] ?? null;
}

/** The characters behind the entities that our mails use. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

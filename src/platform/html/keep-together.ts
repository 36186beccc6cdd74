import { type Html, html } from './html.ts';

/** "e-CPS", and a word with the French punctuation that a space precedes. */
const unbreakable = /(e-CPS(?: [?!:;»])?|\S+ [?!:;»]|« ?\S+)/;

/** Text whose short compounds do not break across lines; the characters are left as they are. */
export function keepTogether(text: string): Html {
  const parts = text.split(unbreakable);
  return html`${parts.map((part, index) => (index % 2 ? html`<span class="nowrap">${part}</span>` : part))}`;
}

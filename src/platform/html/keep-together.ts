import { type Html, html } from './html.ts';

/** Short words with a hyphen ("e-CPS", "voulez-vous"), and a word with the punctuation that a space precedes. */
const unbreakable = /((?<!\S)\S{1,12}-\S{1,12}(?!\S)(?: [?!:;»])?|(?<!\S)\S{1,20} [?!:;»]|« ?\S+)/;

/** Text whose short compounds do not break across lines; the characters are left as they are. */
export function keepTogether(text: string): Html {
  const parts = text.split(unbreakable);
  return html`${parts.map((part, index) => (index % 2 ? html`<span class="nowrap">${part}</span>` : part))}`;
}

import { type Html, html } from './html.ts';

/** Sizes of the groups in which a number is read aloud. */
const groups = {
  rpps: [4, 4, 3],
  adeli: [2, 4, 3],
  code: [3, 3],
  phone: [2, 2, 2, 2, 2],
} as const;

export type NumberKind = keyof typeof groups;

/**
 * A number grouped for the eye by the style sheet; its text stays plain, so that it is copied, searched and
 * read out as it is written. A kind without groups is shown whole.
 */
export function numberText(kind: NumberKind | (string & {}), value: string): Html {
  if (!(kind in groups)) return html`<span>${value}</span>`;
  const parts = split(value, groups[kind as NumberKind]);
  return html`<span class="number">${parts.map((part) => html`<span>${part}</span>`)}</span>`;
}

function split(value: string, sizes: readonly number[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at < value.length) parts.push(value.slice(at, at + size));
    at += size;
  }
  if (at < value.length) parts.push(value.slice(at));
  return parts;
}

import { readFileSync } from 'node:fs';
import { type Html, raw } from './html.ts';

/** The Lucide files kept in `web/assets/icons`. */
export const iconNames = [
  'arrow-right',
  'book-search',
  'circle-alert',
  'circle-check',
  'clock',
  'external-link',
  'id-card',
  'info',
  'mail',
  'map-pin',
  'message-square',
  'printer',
  'refresh-cw',
  'rotate-ccw',
  'smartphone',
  'triangle-alert',
  'wrench',
] as const;
export type IconName = (typeof iconNames)[number];

const directory = new URL('../../../web/assets/icons/', import.meta.url);
const read = new Map<IconName, Html>();

/** An inline picture that assistive technology skips: the words beside it say the same. */
export function icon(name: IconName): Html {
  const drawn = read.get(name) ?? inline(readFileSync(new URL(`${name}.svg`, directory), 'utf8'));
  read.set(name, drawn);
  return drawn;
}

function inline(file: string): Html {
  const shapes = file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.lastIndexOf('</svg>'));
  return raw(
    `<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes.replace(/\s*\n\s*/g, '')}</svg>`,
  );
}

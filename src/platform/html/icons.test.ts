import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { icon, iconNames } from './icons.ts';

test('the folder holds the icons that have a name, and no other', () => {
  const files = readdirSync(new URL('../../../web/assets/icons/', import.meta.url));
  const drawn = files.filter((file) => file.endsWith('.svg')).map((file) => file.slice(0, -'.svg'.length));
  assert.deepEqual(drawn.sort(), [...iconNames].sort());
});

test('an icon is drawn without words and hidden from assistive technology', () => {
  assert.match(
    String(icon('smartphone')),
    /^<svg class="icon"[^>]* aria-hidden="true"><rect [^>]*><path [^>]*><\/svg>$/,
  );
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { catalogueFile, renderCatalogue } from '../../tools/error-catalogue.ts';

test('docs/errors.md is what the code declares; `node tools/error-catalogue.ts` writes it', async () => {
  assert.equal(await readFile(catalogueFile, 'utf8'), await renderCatalogue());
});

test('everything a page can say is said in French and in English, and calmly', async () => {
  const catalogue = await renderCatalogue();
  for (const heading of [
    'On every listener',
    'In the e-CPS app',
    'Cards',
    'Back at a service of ours',
    'Directory',
  ])
    assert.match(catalogue, new RegExp(`^## ${heading}$`, 'm'));
  assert.doesNotMatch(catalogue, /undefined|\[object|!/);
});

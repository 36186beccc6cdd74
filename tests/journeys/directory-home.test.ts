import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { startDirectorySite } from '../support/directory-site.ts';

const first = { ...person('99700000013'), ...liberal, ...practice('R10000000000001') };
const second = { ...person('99700000021'), ...liberal, ...hospital };

test('the home page says what is here, how old it is and where programs find it', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  await site.importRows([first, second], '202611230300');
  await site.importRows([first], '202611240300');
  const page = await (await fetch(`${site.url}/`)).text();
  assert.match(page, /d’après l’extraction nationale du 24 novembre 2026/);
  assert.match(page, /Professionnels<\/dt><dd>1</);
  assert.match(page, /Structures<\/dt><dd>1</);
  for (const [, link = ''] of page.matchAll(/href="(\/fhir[^"]*)"/g)) {
    assert.equal((await fetch(site.url + link.replaceAll('&amp;', '&'))).status, 200, link);
  }
  const english = await (await fetch(`${site.url}/?lang=en`)).text();
  assert.match(english, /from the national extract of 24 November 2026/);
});

test('an empty directory says how it is filled', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  const page = await (await fetch(`${site.url}/`)).text();
  assert.match(page, /L’annuaire est .*vide/);
  assert.match(page, /hygie directory import/);
});

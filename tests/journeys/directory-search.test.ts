import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usualEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { startDirectorySite } from '../support/directory-site.ts';

const claire = person('99700000013');
const rows = [
  { ...claire, ...liberal, ...practice('R10000000000001') },
  { ...claire, ...liberal, ...hospital, mode: 'S' },
  { ...person('99700000021', { familyName: "D'ÉLOÏ <B>" }), ...liberal, ...practice('R10000000000002') },
  ...Array.from({ length: 21 }, (_, n) => ({
    ...person(`997000${10_000 + n}`, { familyName: 'NOMBREUX' }),
    ...liberal,
    ...practice('R10000000000003', { cedex: '56000 VANNES', communeName: 'Vannes' }),
  })),
  { ...person('99700000039', { familyName: 'SANSLIEU' }), ...liberal },
];

test('the search for people', async (t) => {
  const site = await startDirectorySite(t, usualEngine);
  await site.importRows(rows, '202611230300');

  async function load(path: string, status = 200): Promise<string> {
    const response = await fetch(site.url + path);
    assert.equal(response.status, status, path);
    return response.text();
  }

  await t.test(
    'leads from the home page over results to a person and her places, without scripts',
    async () => {
      const home = await load('/');
      assert.match(home, /<form[^>]*action="\/professionnels"/);
      assert.match(home, /<option value="60">Infirmier<\/option>/);
      const results = await load('/professionnels?nom=font&ville=LORIENT&profession=60&mode=L');
      assert.doesNotMatch(results, /<script/);
      const [, link = ''] = /href="(\/professionnels\/003-[^"]+)"/.exec(results) ?? [];
      const page = await load(link);
      assert.match(page, /<h1>Claire Fontaine<\/h1>/);
      assert.equal(page.match(/<article/g)?.length, 2);
      assert.match(page, /12 Rue des Halles, 56100 Lorient/);
      assert.doesNotMatch(page, /accueil@example\.org/);
    },
  );

  await t.test('says which names are near where nobody has the one asked for', async () => {
    assert.match(
      await load('/professionnels?nom=fontainne'),
      /noms <span class="nowrap">proches :<\/span> Fontaine/,
    );
    assert.match(await load('/professionnels?nom=fontainne&lang=en'), /Nobody has exactly this name/);
  });

  await t.test('says how many there are, and that more criteria make a long list shorter', async () => {
    assert.match(await load('/professionnels?nom=fontaine'), /Une personne correspond\./);
    assert.match(await load('/professionnels?ville=lorient'), /2 personnes correspondent\./);
    const many = await load('/professionnels?nom=nombreux');
    assert.match(many, /Plus de 20 personnes/);
    const [, next = ''] = /href="([^"]*apres=[^"]*)"/.exec(many) ?? [];
    assert.match(await load(next.replaceAll('&amp;', '&')), /Suite de la liste/);
  });

  await t.test('offers searches that find somebody where this one finds nobody', async () => {
    const town = await load('/professionnels?nom=fontaine&ville=lorrient');
    assert.match(town, /href="[^"]*ville=lorient[^"]*"><span>À Lorient/);
    assert.match(town, /Dans toutes les villes/);
    assert.match(await load('/professionnels?nom=fontaine&ville=lorie'), /À Lorient/);
    const other = await load('/professionnels?nom=fontaine&profession=10');
    assert.match(other, /Toutes les professions/);
    assert.doesNotMatch(other, /Tous les noms/);
    assert.doesNotMatch(await load('/professionnels?nom=zzzz'), /Ces recherches/);
  });

  await t.test(
    'says of somebody without a place that none is known, and of one who left that she left',
    async () => {
      const [, link = ''] =
        /href="(\/professionnels\/003-[^"]+)"/.exec(await load('/professionnels?nom=sanslieu')) ?? [];
      const page = await load(link);
      assert.match(page, /<p class="lead">Aucun lieu d’exercice connu<\/p>/);
      await site.importRows(rows.slice(0, -1), '202611240300');
      const ended = await load(link, 410);
      assert.match(ended, /Cette fiche n’est plus active/);
      assert.match(ended, /24 novembre 2026/);
      assert.doesNotMatch(ended, /Sanslieu/i);
      await site.importRows(rows, '202611250300');
    },
  );

  await t.test('says what to do where nothing is found, or nothing was asked', async () => {
    assert.match(await load('/professionnels?nom=zzz'), /Personne ne correspond/);
    assert.match(await load('/professionnels?mode=L'), /Indiquez au moins/);
    assert.match(await load('/professionnels/003-0000000000-0000000000', 404), /./);
  });

  await t.test('shows names and what was asked as text', async () => {
    const results = await load('/professionnels?nom=%3Cb%3E&ville=lorient');
    assert.match(results, /value="&lt;b&gt;"/);
    assert.match(await load('/professionnels?nom=d%27e'), /D&#39;Éloï &lt;b&gt;/i);
  });
});

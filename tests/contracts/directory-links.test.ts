import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExtractError } from '#directory';
import { adeli, rpps } from '#national-id';
import { forEachEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

const claire = rpps('99700000013');
const paul = rpps('99700000021');
const number = '996000019';
const card = { familyName: 'Fontaine', givenName: 'Claire', profession: '60' };
const rows = [claire, paul].map(({ value }) => ({ ...person(value), ...liberal, ...practice('R95141') }));

async function link({ directory, write }: TestDirectory, lines: string[]) {
  return directory.importLinks(await write('bascule.csv', ['N° ADELI;N° RPPS', ...lines]));
}

async function importContacts({ directory, write }: TestDirectory, lines: string[]) {
  const header = 'Identifiant PP;Adresse e-mail;Téléphone mobile';
  return directory.importContacts(await write('coordonnees.csv', [header, ...lines]));
}

forEachEngine((engine) => {
  test('a link leads to the record where names and profession agree', async (t) => {
    const open = await openTestDirectory(t, engine);
    await open.importRows(rows, '202609070300');
    await link(open, [`${number};${claire.value}`]);
    const resolve = (claimed: Partial<typeof card> | { profession: null }) =>
      open.directory.resolveLink(number, { ...card, ...claimed });
    assert.deepEqual(await resolve({}), { outcome: 'linked', rpps: claire.value });
    assert.deepEqual(await resolve({ familyName: 'FONTAINE', givenName: 'Anne Claire' }), {
      ...{ outcome: 'linked', rpps: claire.value },
    });
    assert.deepEqual(await resolve({ familyName: 'Morel' }), { outcome: 'mismatch', reason: 'names' });
    assert.deepEqual(await resolve({ givenName: 'Élodie' }), { outcome: 'mismatch', reason: 'names' });
    assert.deepEqual(await resolve({ profession: '10' }), { outcome: 'mismatch', reason: 'profession' });
    assert.deepEqual(await resolve({ profession: null }), { outcome: 'mismatch', reason: 'profession' });
  });

  test('no link, and a link to a number that the directory does not hold, lead nowhere', async (t) => {
    const open = await openTestDirectory(t, engine);
    assert.deepEqual(await open.directory.resolveLink(number, card), { outcome: 'none' });
    await link(open, [`${number};${claire.value}`]);
    assert.deepEqual(await open.directory.resolveLink(number, card), { outcome: 'none' });
  });

  test('a number that leads to two records is a mismatch', async (t) => {
    const open = await openTestDirectory(t, engine);
    await open.importRows(rows, '202609070300');
    await link(open, [`${number};${claire.value}`, `${number};${paul.value}`]);
    assert.deepEqual(await open.directory.resolveLink(number, card), {
      outcome: 'mismatch',
      reason: 'several',
    });
  });

  test('a record that has ended tells since when, but only if it agrees', async (t) => {
    const open = await openTestDirectory(t, engine);
    await open.importRows(rows, '202609070300');
    await open.importRows(rows.slice(1), '202609080300');
    await link(open, [`${number};${claire.value}`]);
    const endedAt = Date.UTC(2026, 8, 8, 1);
    const resolved = await open.directory.resolveLink(number, card);
    assert.deepEqual(resolved, { outcome: 'inactive', rpps: claire.value, endedAt });
    const other = await open.directory.resolveLink(number, { ...card, familyName: 'Morel' });
    assert.deepEqual(other, { outcome: 'mismatch', reason: 'names' });
  });

  test('a later file replaces what it tells of a number and leaves the others', async (t) => {
    const open = await openTestDirectory(t, engine);
    await open.importRows(rows, '202609070300');
    await link(open, [`${number};${paul.value}`, `996000027;${claire.value}`]);
    await link(open, [`${number};${claire.value}`]);
    for (const known of [number, '996000027']) {
      assert.equal((await open.directory.resolveLink(known, card)).outcome, 'linked');
    }
  });

  test('bad lines of the correspondence are told one by one', async (t) => {
    const open = await openTestDirectory(t, engine);
    const report = await link(open, [
      `12;${claire.value}`,
      `${number};1`,
      '',
      number,
      `${number};${claire.value}`,
    ]);
    assert.deepEqual(report, {
      name: 'bascule.csv',
      rows: 4,
      imported: 1,
      skipped: [
        { line: 2, reason: 'bad_adeli' },
        { line: 3, reason: 'bad_rpps' },
        { line: 5, reason: 'torn_line' },
      ],
    });
    await assert.rejects(open.directory.importLinks(await open.write('x.csv', ['a;b'])), ExtractError);
  });

  test('reading a link is an event that names the number, not the person', async (t) => {
    const open = await openTestDirectory(t, engine);
    await link(open, [`${number};${claire.value}`]);
    await open.directory.resolveLink(number, card);
    assert.deepEqual(open.events, [
      { name: 'directory.link_read', subject: `0${number}`, details: { outcome: 'none' } },
    ]);
  });

  test('contact details are found by national identifier, numbers without punctuation', async (t) => {
    const open = await openTestDirectory(t, engine);
    const changedAt = open.clock.now();
    const report = await importContacts(open, [
      `${claire.value};claire@example.org;06 39 98 00 01`,
      `${number};;+33.639.98.00.02`,
      `"${paul.value}";"paul@example.org";""`,
    ]);
    assert.equal(report.imported, 3);
    const find = async (id: typeof claire) => {
      const details = await open.directory.findContactDetails(id);
      return details && { ...details, changedAt: details.changedAt >= changedAt };
    };
    const vouched = { verified: true, changedAt: true, changedUnder: null };
    assert.deepEqual(await find(claire), {
      email: 'claire@example.org',
      phone: '0639980001',
      ...vouched,
    });
    assert.deepEqual(await find(adeli(number)), { email: null, phone: '0639980002', ...vouched });
    assert.deepEqual(await find(paul), { email: 'paul@example.org', phone: null, ...vouched });
    assert.equal(await find(rpps('99700123450')), undefined);
    await importContacts(open, [`${claire.value};c@example.org;`]);
    assert.deepEqual(await find(claire), { email: 'c@example.org', phone: null, ...vouched });
  });

  test('bad contact details are told one by one', async (t) => {
    const open = await openTestDirectory(t, engine);
    const { skipped } = await importContacts(open, [
      '1;a@example.org;0639980001',
      `${claire.value};nobody;0639980001`,
      `${claire.value};a@example.org;12`,
    ]);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      ['bad_identifier', 'bad_email', 'bad_phone'],
    );
    assert.equal(await open.directory.findContactDetails(claire), undefined);
  });
});

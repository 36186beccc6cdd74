import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExtractError, extractHeader, formatExtractRow, parseExtractDate } from '#directory';
import { rpps, withLuhnKey } from '#national-id';
import { forEachEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { openTestDirectory } from '../support/test-directory.ts';

const day = 24 * 3_600_000;
const claire = rpps('99700000013');
const [monday, tuesday, wednesday] = ['202609070300', '202609080300', '202609090300'];
const nothing = { created: 0, changed: 0, removed: 0, unchanged: 0 };

const instantOf = (date: string) => parseExtractDate(`x_${date}.txt`);
const atHalles = { ...person(claire.value), ...liberal, ...practice('R95141') };
const atScorff = { ...person(claire.value), ...liberal, ...hospital };
const paul = { ...person('99700000021', { givenName: 'PAUL' }), ...liberal, ...practice('R95142') };

forEachEngine((engine) => {
  test('a directory that was never filled is empty, and says so', async (t) => {
    const { directory } = await openTestDirectory(t, engine);
    assert.equal(await directory.generation(), 0);
    assert.equal(await directory.asOf(), null);
    assert.equal(await directory.findPractitioner(claire), undefined);
  });

  test('rows become a person, roles and places; only savoir-faire makes no further role', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    const pediatric = { expertiseType: 'FQ', expertise: 'FQ01', expertiseLabel: 'Pédiatrie' };
    const report = await importRows([atHalles, { ...atHalles, ...pediatric }, atScorff, paul], monday);
    assert.equal(report.status, 'applied');
    assert.deepEqual(report.practitioners, { ...nothing, created: 2 });
    assert.deepEqual(report.roles, { ...nothing, created: 3 });
    assert.deepEqual(report.organizations, { ...nothing, created: 3 });
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.familyName, 'FONTAINE');
    assert.deepEqual(found.practitioner.qualifications, [
      {
        ...{ profession: '60', professionLabel: 'Infirmier', category: 'C', categoryLabel: 'Civil' },
        expertise: [{ typeCode: 'FQ', typeLabel: null, code: 'FQ01', label: 'Pédiatrie' }],
      },
    ]);
    assert.deepEqual(found.roles.map(({ organization }) => organization?.technicalId).toSorted(), [
      'F560000127',
      'R95141',
    ]);
    assert.equal(await directory.asOf(), instantOf(monday));
  });

  test('where rows of one person or place differ, the last one wins', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    const married = { ...atScorff, familyName: 'PETIT' };
    const back = { ...atHalles, phone: '', activityKind: 'GENR03' };
    await importRows(
      [atHalles, married, { ...paul, ...practice('R95141'), phone: '0297000099' }, back],
      monday,
    );
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.familyName, 'FONTAINE');
    const [place] = found.roles.filter(({ organization }) => organization?.technicalId === 'R95141');
    assert.equal(place?.organization?.phone, null);
  });

  test('a dry run plans and changes nothing', async (t) => {
    const { directory, write } = await openTestDirectory(t, engine);
    const file = await write('a.txt', [extractHeader, formatExtractRow(atHalles)]);
    const report = await directory.importExtracts([file], { dryRun: true });
    assert.equal(report.status, 'planned');
    assert.deepEqual(report.practitioners, { ...nothing, created: 1 });
    assert.equal(report.generation, 0);
    assert.equal(await directory.generation(), 0);
    assert.equal(await directory.findPractitioner(claire), undefined);
  });

  test('the same content again is unchanged, and the directory is as of the new date', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles, paul], monday);
    const report = await importRows([paul, atHalles], tuesday);
    assert.equal(report.status, 'unchanged');
    assert.deepEqual(report.practitioners, { ...nothing, unchanged: 2 });
    assert.equal(await directory.generation(), report.generation);
    await importRows([paul], wednesday);
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.endedAt, instantOf(wednesday));
  });

  test('a version and its date move only with the content, and ids never', async (t) => {
    const { directory, importRows, clock } = await openTestDirectory(t, engine);
    await importRows([atHalles, atScorff, paul], monday);
    const before = await directory.findPractitioner(claire);
    clock.setAhead(86_400_000);
    const report = await importRows([{ ...atHalles, phone: '0297000055' }, atScorff, paul], tuesday);
    assert.deepEqual(report.practitioners, { ...nothing, unchanged: 2 });
    assert.deepEqual(report.organizations, { ...nothing, changed: 1, unchanged: 2 });
    const after = await directory.findPractitioner(claire);
    assert.deepEqual(after?.practitioner, before?.practitioner);
    const placeOf = (found: typeof after, id: string) =>
      found?.roles.find(({ organization }) => organization?.technicalId === id)?.organization;
    assert.equal(placeOf(after, 'R95141')?.versionId, 2);
    assert.equal(placeOf(after, 'R95141')?.id, placeOf(before, 'R95141')?.id);
    assert.ok(
      (placeOf(after, 'R95141')?.lastUpdatedAt ?? 0) - (placeOf(before, 'R95141')?.lastUpdatedAt ?? 0) > 8e7,
    );
    assert.deepEqual(placeOf(after, 'F560000127'), placeOf(before, 'F560000127'));
  });

  test('who changes their savoir-faire changes', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles, paul], monday);
    const report = await importRows([{ ...atHalles, expertiseType: 'FQ', expertise: 'FQ01' }, paul], tuesday);
    assert.deepEqual(report.practitioners, { ...nothing, changed: 1, unchanged: 1 });
    assert.deepEqual(report.roles, { ...nothing, unchanged: 2 });
    assert.equal((await directory.findPractitioner(claire))?.practitioner.versionId, 2);
  });

  test('a label that changes is no change of anybody, but is applied', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles], monday);
    const report = await importRows([{ ...atHalles, categoryLabel: 'Civil (nouveau)' }], tuesday);
    assert.equal(report.status, 'applied');
    assert.deepEqual(report.practitioners, { ...nothing, unchanged: 1 });
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.qualifications[0]?.categoryLabel, 'Civil (nouveau)');
  });

  test('who vanishes is kept as ended by the date of the extract, with their profession', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles, paul], monday);
    const report = await importRows([paul], tuesday);
    assert.deepEqual(report.practitioners, { ...nothing, removed: 1, unchanged: 1 });
    assert.deepEqual(report.roles, { ...nothing, removed: 1, unchanged: 1 });
    await importRows([{ ...paul, phone: '0297000066' }], wednesday);
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.active, false);
    assert.equal(found.practitioner.endedAt, instantOf(tuesday));
    assert.equal(found.practitioner.versionId, 2);
    assert.equal(found.practitioner.qualifications[0]?.profession, '60');
    assert.equal(found.roles[0]?.active, false);
  });

  test('a role and a place that vanish of a person who remains have ended', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles, paul], monday);
    await importRows([person(claire.value), paul], tuesday);
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.active, true);
    const ended = found.roles.find(({ organization }) => organization?.technicalId === 'R95141');
    assert.equal(ended?.active, false);
    assert.equal(ended.endedAt, instantOf(tuesday));
    assert.equal(ended.organization?.active, false);
    assert.equal(ended.organization.endedAt, instantOf(tuesday));
  });

  test('who comes back is active again under the same id', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles, paul], monday);
    const before = await directory.findPractitioner(claire);
    await importRows([paul], tuesday);
    const report = await importRows([atHalles, paul], wednesday);
    assert.deepEqual(report.practitioners, { ...nothing, created: 1, unchanged: 1 });
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.id, before?.practitioner.id);
    assert.equal(found?.practitioner.active, true);
    assert.equal(found?.practitioner.endedAt, null);
    assert.equal(found?.practitioner.versionId, 3);
    assert.ok(found?.roles.every((role) => role.active && role.organization?.active));
  });

  test('an older extract than the last one is refused, one of the same date replaces it', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles, paul], tuesday);
    await assert.rejects(importRows([paul], monday), ExtractError);
    assert.equal((await directory.findPractitioner(claire))?.practitioner.active, true);
    assert.equal((await importRows([paul], tuesday)).status, 'applied');
    assert.equal((await directory.findPractitioner(claire))?.practitioner.active, false);
  });

  test('a file that cannot be imported leaves everything as it was', async (t) => {
    const { directory, importRows, write } = await openTestDirectory(t, engine);
    await importRows([atHalles], monday);
    const bad = await write('bad.txt', ['not an extract']);
    await assert.rejects(directory.importExtracts([bad]), ExtractError);
    await assert.rejects(directory.importExtracts(['/nowhere.txt']), ExtractError);
    assert.equal((await directory.findPractitioner(claire))?.practitioner.active, true);
  });

  test('two files of one kind in one import are refused', async (t) => {
    const { directory, write } = await openTestDirectory(t, engine);
    const files = [await write('a.txt', [extractHeader]), await write('b.txt', [extractHeader])];
    await assert.rejects(directory.importExtracts(files), /a\.txt and b\.txt are both Personne_activite/);
  });

  test('another process reads the new generation at once, and the one before goes on for page links', async (t) => {
    const { directory, importRows, openAgain } = await openTestDirectory(t, engine);
    const other = openAgain();
    await importRows([paul], monday);
    assert.equal(await other.findPractitioner(claire), undefined);
    const old = await other.store.current();
    await importRows([paul, atHalles], tuesday);
    assert.equal((await other.findPractitioner(claire))?.practitioner.active, true);
    assert.equal(await old.countPractitioners([]), 1);
    assert.equal(await (await directory.store.at(old.generation))?.countPractitioners([]), 1);
  });

  test('what was left is served for a day by the clock, however many imports follow, and then removed', async (t) => {
    const { directory, importRows, openAgain, clock } = await openTestDirectory(t, engine);
    const { generation: old } = await importRows([paul], monday);
    await importRows([paul, atHalles], tuesday);
    await importRows([paul], wednesday);
    clock.setAhead(day - 60_000);
    await directory.sweep();
    assert.equal(await (await directory.store.at(old))?.countPractitioners([]), 1);
    assert.equal(await (await openAgain().store.at(old))?.countPractitioners([]), 1);
    clock.setAhead(day);
    assert.equal(await directory.store.at(old), undefined);
    assert.equal(await openAgain().store.at(old), undefined);
    assert.equal((await directory.store.current()).generation, old + 2);
  });

  test('a generation that is over is removed by a sweep, or else by the next import', async (t) => {
    const { directory, importRows, kept, clock } = await openTestDirectory(t, engine);
    for (const [index, date] of [monday, tuesday].entries())
      await importRows([{ ...paul, phone: `029700000${index}` }], date);
    assert.deepEqual(await kept(), [1, 2]);
    clock.setAhead(day);
    await directory.sweep();
    assert.deepEqual(await kept(), [2]);
    await importRows([atHalles], wednesday);
    assert.deepEqual(await kept(), [2, 3]);
    clock.setAhead(2 * day);
    await importRows([atHalles], wednesday);
    assert.deepEqual(await kept(), [3]);
  });

  test('a pinned generation outlives imports and can be gone back to', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    await importRows([atHalles], monday);
    const seed = await directory.generation();
    await directory.pinGeneration(seed);
    for (const date of [tuesday, wednesday, '202609100300'])
      await importRows([{ ...paul, phone: date.slice(2) }], date);
    await directory.restoreGeneration(seed);
    assert.equal(await directory.generation(), seed);
    assert.equal((await directory.findPractitioner(claire))?.practitioner.active, true);
    assert.equal(await directory.asOf(), instantOf(monday));
    const report = await importRows([atHalles, paul], tuesday);
    assert.equal(report.status, 'applied');
    assert.equal((await directory.findPractitioner(rpps(paul.identifier ?? '')))?.practitioner.versionId, 1);
    await assert.rejects(directory.restoreGeneration(99), /not kept/);
  });

  test('of two imports at the same time the directory is one or the other, never a mix', async (t) => {
    const { directory, importRows, openAgain, write } = await openTestDirectory(t, engine);
    await importRows([atHalles], monday);
    const files = await Promise.all(
      [atScorff, paul].map((row, index) =>
        write(`${index}_${tuesday}.txt`, [extractHeader, formatExtractRow(row)]),
      ),
    );
    const runs = [directory, openAgain()].map((own, index) => own.importExtracts([files[index] ?? '']));
    const results = await Promise.allSettled(runs);
    const refused = results.filter((result) => result.status === 'rejected');
    assert.ok(refused.length < runs.length);
    for (const { reason } of refused) assert.ok(reason instanceof ExtractError);
    const reader = await directory.store.current();
    const active = [{ field: 'active', match: 'equals', values: [true] }] as const;
    assert.equal(await reader.countPractitioners(active), 1);
    assert.equal(await reader.countRoles(active), 1);
  });

  test('every applied import is an event of its unit of work', async (t) => {
    const { importRows, events } = await openTestDirectory(t, engine);
    const { generation, runId } = await importRows([atHalles], monday);
    assert.deepEqual(events, [
      { name: 'directory.extract_applied', details: { runId, generation, ...nothing, created: 1 } },
    ]);
  });

  test('a run that would end more than one in twenty waits, until it is accepted', async (t) => {
    const { directory, importRows, write } = await openTestDirectory(t, engine);
    const people = Array.from({ length: 120 }, (_, index) =>
      person(withLuhnKey(`99701${String(index).padStart(5, '0')}`)),
    );
    await importRows(people, monday);
    const few = people.slice(0, 110).map(formatExtractRow);
    const file = await write(`few_${tuesday}.txt`, [extractHeader, ...few]);
    const waiting = await directory.importExtracts([file]);
    assert.equal(waiting.status, 'waiting');
    assert.deepEqual(waiting.practitioners, { ...nothing, removed: 10, unchanged: 110 });
    assert.equal(waiting.generation, await directory.generation());
    const last = rpps(people.at(-1)?.identifier ?? '');
    assert.equal((await directory.findPractitioner(last))?.practitioner.active, true);
    const accepted = await directory.importExtracts([file], { accept: true });
    assert.equal(accepted.status, 'applied');
    assert.equal((await directory.findPractitioner(last))?.practitioner.active, false);
    assert.equal((await importRows(people.slice(0, 106), wednesday)).status, 'applied');
  });
});

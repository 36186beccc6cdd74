import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractHeader, formatExtractRow, type ImportPlan } from '#directory';
import { withLuhnKey } from '#national-id';
import { forEachEngine } from '../support/databases.ts';
import { hospital, liberal, person, practice } from '../support/directory-rows.ts';
import { openTestDirectory } from '../support/test-directory.ts';

const [monday, tuesday] = ['202609070300', '202609080300'];
const nothing = { created: 0, changed: 0, removed: 0 };
const nurse = { code: '60', label: 'Infirmier' };
const morbihan = { code: '56', label: 'Morbihan' };
const claire = { ...person('99700000013'), ...liberal, ...practice('R95141') };
const paul = {
  ...person('99700000021', { givenName: 'PAUL', familyName: 'MARTIN' }),
  ...liberal,
  ...hospital,
};
const dentist = { profession: '40', professionLabel: 'Chirurgien-Dentiste' };
const rennes = { postalCode: '35000', communeCode: '35238', communeName: 'Rennes' };
const anne = {
  ...person('99700000039', { givenName: 'ANNE', familyName: 'LE GOFF' }),
  ...dentist,
  ...liberal,
  ...practice('R95142', { ...rennes, name: 'CABINET LE GOFF' }),
};

forEachEngine((engine) => {
  test('a plan says what differs by profession and by département, with names', async (t) => {
    const { directory, importRows, write } = await openTestDirectory(t, engine);
    await importRows([claire, paul], monday);
    const moved = { ...claire, phone: '0297000055' };
    const file = await write(`b_${tuesday}.txt`, [extractHeader, ...[moved, anne].map(formatExtractRow)]);
    const { plan, status } = await directory.importExtracts([file], { dryRun: true });
    assert.equal(status, 'planned');
    const [created, removed] = [
      { ...nothing, created: 1 },
      { ...nothing, removed: 1 },
    ];
    assert.deepEqual(plan.byProfession, [
      { code: '40', label: 'Chirurgien-Dentiste', practitioners: created, roles: created },
      { ...nurse, practitioners: removed, roles: removed },
    ]);
    assert.deepEqual(plan.byDepartment, [
      { code: '35', label: 'Ille-et-Vilaine', roles: created, organizations: created },
      { ...morbihan, roles: removed, organizations: { ...nothing, changed: 1, removed: 1 } },
    ]);
    assert.deepEqual(namesOf(plan, 'practitioners'), {
      created: ['ANNE LE GOFF, 899700000039'],
      changed: [],
      removed: ['PAUL MARTIN, 899700000021'],
    });
    assert.deepEqual(namesOf(plan, 'roles').created, ['ANNE LE GOFF, Chirurgien-Dentiste, CABINET LE GOFF']);
    assert.deepEqual(namesOf(plan, 'organizations').changed, ['CABINET INFIRMIER DES HALLES, 56100 LORIENT']);
    assert.deepEqual(await directory.listRuns(), await directory.listRuns(1), 'a dry run is not kept');
  });

  test('of many there are ten examples', async (t) => {
    const { importRows } = await openTestDirectory(t, engine);
    const { plan } = await importRows(crowd(30), monday);
    assert.equal(plan.examples.practitioners.created.length, 10);
    assert.deepEqual(plan.byProfession, [
      { ...nurse, practitioners: { ...nothing, created: 30 }, roles: { ...nothing, created: 30 } },
    ]);
  });

  test('runs that were applied or wait are kept with their plan, newest first', async (t) => {
    const { directory, importRows, events, clock } = await openTestDirectory(t, engine);
    const first = await importRows(crowd(120), monday);
    clock.setAhead(60_000);
    const waiting = await importRows(crowd(110), tuesday);
    assert.equal(waiting.status, 'waiting');
    const runs = await directory.listRuns();
    assert.deepEqual(
      runs.map(({ id, status, generation, practitioners }) => ({ id, status, generation, practitioners })),
      [
        { id: waiting.runId, status: 'waiting', generation: 1, practitioners: waiting.practitioners },
        { id: first.runId, status: 'applied', generation: 1, practitioners: first.practitioners },
      ],
    );
    assert.ok((runs[0]?.startedAt ?? 0) - (runs[1]?.startedAt ?? 0) >= 60_000);
    const [{ skipped: _, ...file } = { skipped: [] }] = waiting.files;
    assert.deepEqual(runs[0]?.files, [file]);
    assert.deepEqual((await directory.findRun(waiting.runId))?.plan, waiting.plan);
    assert.deepEqual(
      waiting.plan.byProfession.map(({ practitioners }) => practitioners),
      [{ ...nothing, removed: 10 }],
    );
    assert.equal(await directory.findRun('imp_none'), undefined);
    assert.deepEqual(
      events.map(({ name }) => name),
      ['directory.extract_applied', 'directory.extract_waiting'],
    );
  });

  test('the current generation says how many it has by profession and by département', async (t) => {
    const { directory, importRows } = await openTestDirectory(t, engine);
    assert.deepEqual(await directory.counts(), { generation: 0, byProfession: [], byDepartment: [] });
    await importRows([claire, paul, anne, { ...claire, ...hospital }], monday);
    await importRows([claire, anne, { ...claire, ...hospital }], tuesday);
    assert.deepEqual(await directory.counts(), {
      generation: 2,
      byProfession: [
        { code: '40', label: 'Chirurgien-Dentiste', practitioners: 1, roles: 1 },
        { ...nurse, practitioners: 1, roles: 2 },
      ],
      byDepartment: [
        { code: '35', label: 'Ille-et-Vilaine', roles: 1, organizations: 1 },
        { ...morbihan, roles: 2, organizations: 2 },
      ],
    });
  });
});

const crowd = (size: number) =>
  Array.from({ length: size }, (_, index) => person(withLuhnKey(`99701${String(index).padStart(5, '0')}`)));

function namesOf({ examples }: ImportPlan, name: keyof ImportPlan['examples']) {
  const entries = Object.entries(examples[name]).map(([kind, listed]) => [
    kind,
    listed.map((example) => `${example.name}, ${example.detail}`),
  ]);
  return Object.fromEntries(entries) as Record<string, string[]>;
}

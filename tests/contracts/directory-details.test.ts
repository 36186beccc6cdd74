import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachEngine } from '../support/databases.ts';
import { activities, cards, claire, diplomas, expertise, mailboxes } from '../support/detail-extracts.ts';
import { openTestDirectory } from '../support/test-directory.ts';

forEachEngine((engine) => {
  test('each kind of extract is recognised and tells its part of the person and the place', async (t) => {
    const { directory, write } = await openTestDirectory(t, engine);
    const files = await Promise.all(
      [mailboxes, diplomas, activities, cards, expertise].map((lines, index) => write(`${index}.txt`, lines)),
    );
    const report = await directory.importExtracts(files);
    assert.deepEqual(
      report.files.map(({ kind, rows, skippedCount }) => [kind, rows, skippedCount]),
      [
        ['Extraction_Correspondance_MSSante', 3, 0],
        ['Dipl_AutExerc', 1, 0],
        ['Personne_activite', 1, 0],
        ['Porteurs_CPS_CPF', 1, 0],
        ['SavoirFaire', 1, 0],
      ],
    );
    const found = await directory.findPractitioner(claire);
    const { practitioner, roles } = found ?? {};
    assert.deepEqual(practitioner?.qualifications[0]?.expertise, [
      { typeCode: 'FQ', typeLabel: 'Fonction qualifiée', code: 'FQ01', label: 'Pédiatrie' },
    ]);
    assert.equal(practitioner?.diplomas[0]?.label, 'DE Infirmier');
    assert.deepEqual(practitioner?.cards, [
      {
        ...{ type: 'CPS', typeLabel: 'Carte de professionnel de santé', number: '2800000001' },
        ...{ nationalIdInCard: '0560000012', startsOn: '2024-01-02', endsOn: '2027-01-01', opposedOn: null },
      },
    ]);
    assert.deepEqual(practitioner?.mailboxes, [
      { type: 'PER', address: 'claire@pro.mssante.fr', service: null, digitization: true },
    ]);
    assert.deepEqual(roles?.[0]?.mailboxes, [
      { type: 'CAB', address: 'claire@halles.mssante.fr', service: null, digitization: false },
    ]);
    assert.deepEqual(roles?.[0]?.organization?.mailboxes, [
      { type: 'ORG', address: 'halles@cabinet.mssante.fr', service: 'Accueil', digitization: null },
    ]);
  });

  test('a kind that is not given stays, and a detail that changes is a change of its owner only', async (t) => {
    const { directory, write } = await openTestDirectory(t, engine);
    await directory.importExtracts([await write('a.txt', activities), await write('b.txt', mailboxes)]);
    const report = await directory.importExtracts([await write('c.txt', diplomas)]);
    assert.deepEqual(
      [report.practitioners.changed, report.roles.unchanged, report.organizations.unchanged],
      [1, 1, 1],
    );
    const moved = mailboxes.map((line) => line.replace('halles@cabinet', 'accueil@cabinet'));
    const second = await directory.importExtracts([await write('d.txt', moved)]);
    assert.deepEqual(
      [second.practitioners.changed, second.roles.changed, second.organizations.changed],
      [0, 0, 1],
    );
    const rented = moved.map((line) => line.replace('claire@halles', 'cf@halles'));
    const third = await directory.importExtracts([await write('e.txt', rented)]);
    assert.deepEqual(
      [third.practitioners.changed, third.roles.changed, third.organizations.changed],
      [0, 1, 0],
    );
    const found = await directory.findPractitioner(claire);
    assert.equal(found?.practitioner.diplomas.length, 1);
    assert.equal(found?.practitioner.versionId, 2);
    assert.equal(found?.practitioner.active, true);
  });

  test('the same details again change nothing', async (t) => {
    const { directory, write } = await openTestDirectory(t, engine);
    const files = [
      await write('a.txt', activities),
      await write('b.txt', mailboxes),
      await write('c.txt', cards),
    ];
    await directory.importExtracts(files);
    assert.equal((await directory.importExtracts(files)).status, 'unchanged');
    assert.equal((await directory.importExtracts(files.slice(1))).status, 'unchanged');
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractHeader, formatExtractRow } from '#directory';
import { rpps } from '#national-id';
import { forEachEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { openTestDirectory } from '../support/test-directory.ts';

const claire = rpps('99700000013');
const identity = ['8', claire.value, `8${claire.value}`, 'FONTAINE', 'CLAIRE'];
const personHeader = [
  "Type d'identifiant PP",
  'Identifiant PP',
  'Identification nationale PP',
  "Nom d'exercice",
  "Prénom d'exercice",
];
const extract = (...rows: string[][]) => rows.map((fields) => fields.join('|'));

const activities = [
  extractHeader,
  formatExtractRow({ ...person(claire.value), ...liberal, ...practice('R95141', { formerId: '4997' }) }),
];

const expertise = extract(
  [
    ...personHeader,
    ...['Code profession', 'Libellé profession', 'Code catégorie professionnelle'],
    ...['Libellé catégorie professionnelle', 'Code type savoir-faire', 'Libellé type savoir-faire'],
    ...['Code savoir-faire', 'Libellé savoir-faire'],
  ],
  [...identity, '60', 'Infirmier', 'C', 'Civil', 'FQ', 'Fonction qualifiée', 'FQ01', 'Pédiatrie'],
);

const diplomas = extract(
  [
    ...personHeader,
    ...[
      'Code type diplôme obtenu',
      'Libellé type diplôme obtenu',
      'Code diplôme obtenu',
      'Libellé diplôme obtenu',
    ],
    ...['Code type autorisation', 'Libellé type autorisation', 'Code discipline autorisation'],
    'Libellé discipline autorisation',
  ],
  [...identity, 'DE', "Diplôme d'Etat français", 'DE09', 'DE Infirmier', '', '', '', ''],
);

const cards = extract(
  [
    ...['Identifiant PP', 'Code type de carte', 'Libellé type de carte', 'Numéro carte'],
    ...[
      'Identifiant national contenu dans la carte',
      'Date début validité',
      'Date fin validité',
      'Date opposition',
    ],
  ],
  [
    claire.value,
    'CPS',
    'Carte de professionnel de santé',
    '2800000001',
    '0560000012',
    '20240102',
    '2027-01-01',
    '',
  ],
);

const mailboxes = extract(
  [
    ...['Type de BAL', 'Adresse BAL', 'Type Identifiant PP', 'Identifiant PP', 'Identification nationale PP'],
    ...[
      'Type identifiant structure',
      'Identification Structure',
      'Service de rattachement',
      'Dématérialisation',
    ],
  ],
  ['PER', 'claire@pro.mssante.fr', '8', claire.value, `8${claire.value}`, '', '', '', 'O'],
  ['CAB', 'claire@halles.mssante.fr', '8', claire.value, `8${claire.value}`, '4', '997', '', 'N'],
  ['ORG', 'halles@cabinet.mssante.fr', '', '', '', '4', '997', 'Accueil', ''],
);

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

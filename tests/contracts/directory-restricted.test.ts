import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adeli, rpps } from '#national-id';
import {
  claire,
  formerNumber,
  openContactDesk,
  paul,
  type TestContactDesk,
} from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';
import {
  restrictedHeader,
  restrictedHeader2021,
  restrictedNurse,
  restrictedRow,
} from '../support/restricted-rows.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

const [email, phone] = ['Adresse e-mail (coord. correspondance)', 'Téléphone (coord. correspondance)'];
const others = 'Autres identifiants';
const nurse = restrictedNurse(claire.value);
const reachable = { ...nurse, [email]: 'claire@example.org', [phone]: '06 39 98 00 01' };
const linked = { [others]: `8${claire.value},RPPS,1;0${formerNumber},ADELI,1` };

type Row = Record<string, string>;

/** Imports them as of a day in September; what they replace is told by the desk. */
async function load(
  { directory, write, ...rest }: TestDirectory & Partial<Pick<TestContactDesk, 'desk'>>,
  day: number,
  rows: readonly Row[],
  header = restrictedHeader,
) {
  const name = `Extraction_Pro_sante_connect_202609${String(day).padStart(2, '0')}0300.txt`;
  const file = await write(name, [`${header.join('|')}|`, ...rows.map((row) => restrictedRow(row, header))]);
  return directory.importExtracts([file], { accept: true, ...(rest.desk && { tell: rest.desk.tell }) });
}

forEachEngine((engine) => {
  test('the restricted extract is known by its header, and fills the directory as far as it goes', async (t) => {
    const open = await openTestDirectory(t, engine);
    const report = await load(open, 7, [nurse, { ...nurse, 'Code savoir-faire': 'FQ01' }]);
    assert.equal(report.files[0]?.kind, 'Extraction_ProSanteConnect_Personne_activite');
    assert.deepEqual(
      [report.practitioners.created, report.roles.created, report.organizations.created],
      [1, 1, 1],
    );
    const found = await open.directory.findPractitioner(claire);
    const { familyName, givenName, birthName } = found?.practitioner ?? {};
    assert.deepEqual([familyName, givenName, birthName], ['FONTAINE', 'CLAIRE', 'MARTIN']);
    const [role] = found?.roles ?? [];
    assert.deepEqual([role?.activityKind, role?.organization?.technicalId], ['GENR01', 'R95141']);
  });

  test('somebody without an exercise name goes by their family name and first given name', async (t) => {
    const open = await openTestDirectory(t, engine);
    await load(open, 7, [{ ...nurse, "Nom d'exercice": '', "Prénom d'exercice": '' }]);
    const { familyName, givenName } = (await open.directory.findPractitioner(claire))?.practitioner ?? {};
    assert.deepEqual([familyName, givenName], ['MARTIN', 'CLAIRE']);
  });

  test('as of 2021 it has 49 columns, with the kind of activity in one without a name, or not', async (t) => {
    const open = await openTestDirectory(t, engine);
    const second = { ...restrictedNurse(paul.value), '': 'GENR02' };
    const report = await load(open, 7, [nurse, second], restrictedHeader2021);
    assert.deepEqual([report.files[0]?.rows, report.files[0]?.skippedCount], [2, 0]);
    const kindOf = async (id: typeof claire) =>
      (await open.directory.findPractitioner(id))?.roles[0]?.activityKind;
    assert.deepEqual([await kindOf(claire), await kindOf(paul)], [null, 'GENR02']);
  });

  test('contact details go to the state; what cannot be used is counted', async (t) => {
    const open = await openTestDirectory(t, engine);
    const fixed = { ...restrictedNurse(paul.value), [email]: 'nobody', [phone]: '0299000001' };
    const report = await load(open, 7, [reachable, fixed]);
    assert.deepEqual(report.contacts, { created: 1, changed: 0, unchanged: 0, kept: 0, unusable: 2 });
    const known = await open.directory.findContactDetails(claire);
    assert.deepEqual([known?.email, known?.phone], ['claire@example.org', '0639980001']);
    assert.equal(await open.directory.findContactDetails(paul), undefined);
  });

  test('a plan and a run that waits change no contact details', async (t) => {
    const open = await openTestDirectory(t, engine);
    const file = await open.write('a.txt', [
      `${restrictedHeader.join('|')}|`,
      restrictedRow({ ...reachable, ...linked }),
    ]);
    const report = await open.directory.importExtracts([file], { dryRun: true });
    assert.equal(report.contacts?.created, 1);
    assert.equal(await open.directory.findContactDetails(claire), undefined);
    assert.deepEqual(await open.directory.findLinkedAdeli(claire.value), []);
  });

  test('what is replaced is announced at the old address and the new one, and is unverified', async (t) => {
    const open = await openContactDesk(t, engine);
    await load(open, 8, [reachable]);
    const report = await load(open, 9, [{ ...reachable, [email]: 'new@example.org' }]);
    assert.deepEqual([report.status, report.contacts?.changed], ['applied', 1]);
    assert.deepEqual([report.practitioners.changed, report.roles.changed], [0, 0]);
    const known = await open.directory.findContactDetails(claire);
    assert.deepEqual([known?.email, known?.phone, known?.verified], ['new@example.org', '0639980001', false]);
    const { mails } = await open.outbox();
    assert.deepEqual(mails.map(({ to }) => to).toSorted(), ['claire@example.org', 'new@example.org']);
  });

  test('what she changed herself is kept, however old', async (t) => {
    const open = await openContactDesk(t, engine);
    await load(open, 8, [reachable]);
    const locale = 'fr' as const;
    const typed = { email: 'own@example.org', phone: '0639980009' };
    const saved = await open.desk.saveUnderCard({ rpps: claire.value, adeli: null, typed, locale });
    assert.equal(saved.outcome, 'saved');
    open.clock.setAhead(30 * 86_400_000);
    const report = await load(open, 9, [{ ...reachable, [email]: 'other@example.org' }]);
    assert.deepEqual(report.contacts, { created: 0, changed: 0, unchanged: 0, kept: 1, unusable: 0 });
    assert.equal((await open.directory.findContactDetails(claire))?.email, 'own@example.org');
  });

  test('other identifiers of quality 1 link ADELI and RPPS numbers, from either side', async (t) => {
    const open = await openTestDirectory(t, engine);
    const underAdeli = {
      ...nurse,
      ...{
        "Type d'identifiant PP": '0',
        'Identifiant PP': '996000027',
        'Identification nationale PP': '0996000027',
      },
      [others]: `8${paul.value},RPPS,1`,
    };
    const doubtful = { ...restrictedNurse('99700000039'), [others]: '0996000035,ADELI,0' };
    await load(open, 7, [{ ...nurse, ...linked }, underAdeli, doubtful]);
    assert.deepEqual(await open.directory.findLinkedAdeli(claire.value), [formerNumber]);
    assert.deepEqual(await open.directory.findLinkedAdeli(paul.value), ['996000027']);
    assert.deepEqual(await open.directory.findLinkedAdeli('99700000039'), []);
    const claimed = { familyName: 'Martin', givenName: 'Claire', profession: '60' };
    const resolved = await open.directory.resolveLink(formerNumber, claimed);
    assert.deepEqual(resolved, { outcome: 'linked', rpps: claire.value }, 'her birth name agrees');
  });

  test('a number that another person of the file leads to as well stays a mismatch when one of them changes', async (t) => {
    const open = await openTestDirectory(t, engine);
    const second = { ...restrictedNurse(paul.value), [others]: `0${formerNumber},ADELI,1` };
    await load(open, 7, [{ ...nurse, ...linked }, second]);
    await load(open, 8, [{ ...nurse, ...linked, "Nom d'exercice": 'PETIT' }, second]);
    const claimed = { familyName: 'Martin', givenName: 'Claire', profession: '60' };
    const resolved = await open.directory.resolveLink(formerNumber, claimed);
    assert.deepEqual(resolved, { outcome: 'mismatch', reason: 'several' });
  });

  test('the correspondence is imported beside extracts and alone, by its header', async (t) => {
    const open = await openTestDirectory(t, engine);
    const file = await open.write('bascule.csv', [
      'N° ADELI;N° RPPS',
      `${formerNumber};${claire.value}`,
      'x;y',
    ]);
    const planned = await open.directory.importExtracts([file], { dryRun: true });
    assert.equal(planned.status, 'planned');
    assert.deepEqual(await open.directory.findLinkedAdeli(claire.value), []);
    const report = await open.directory.importExtracts([file]);
    assert.equal(report.status, 'applied');
    assert.deepEqual(report.files, [
      {
        ...{ name: 'bascule.csv', kind: 'Correspondance_ADELI_RPPS', rows: 2, skippedCount: 1 },
        skipped: [{ line: 3, reason: 'bad_adeli' }],
      },
    ]);
    assert.deepEqual(await open.directory.findLinkedAdeli(claire.value), [formerNumber]);
    assert.equal((await open.directory.importExtracts([file])).status, 'unchanged');
    assert.equal(await open.directory.findPractitioner(adeli(formerNumber)), undefined);
  });

  test('a header that lacks a column is refused by its name', async (t) => {
    const open = await openTestDirectory(t, engine);
    const header = restrictedHeader.filter((name) => name !== 'Code rôle');
    await assert.rejects(load(open, 7, [nurse], header), {
      message:
        'Extraction_Pro_sante_connect_202609070300.txt: it looks like Extraction_ProSanteConnect_Personne_activite, but lacks the column "Code rôle"',
    });
    const half = await open.write('half.csv', ['N° ADELI;RPPS', 'a;b']);
    await assert.rejects(open.directory.importExtracts([half]), {
      message: 'half.csv: its first line lacks the column "N° RPPS"',
    });
    assert.equal(await open.directory.findPractitioner(rpps(claire.value)), undefined);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claire, openContactDesk, paul, type TestContactDesk } from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';

const header = 'Identifiant PP;Adresse e-mail;Téléphone mobile';
const former = `${claire.value};old@example.org;0639980001`;
const present = `${claire.value};claire@laposte.net;0639980142`;
const hour = 3_600_000;
/** Before anything that a test does. */
const long = 'coordonnees_202601010300.csv';

const importFile = async ({ desk, write }: TestContactDesk, name: string, ...lines: string[]) =>
  desk.importFile(await write(name, [header, ...lines]));

forEachEngine((engine) => {
  test('a file tells whom it brought details, changed and left, and each line that it cannot use', async (t) => {
    const opened = await openContactDesk(t, engine);
    await opened.importContacts(former, `${paul.value};paul@example.org;0639980002`);
    const report = await importFile(
      opened,
      'ordre.csv',
      present,
      `${paul.value};paul@example.org;06 39 98 00 02`,
      '99700123450;somebody@example.org;',
      '1;a@example.org;0639980001',
      '99700000039;nobody;0639980001',
      '99700000039;a@medecin.mssante.fr;0639980001',
      '99700000039;a@example.org;0297000012',
      '99700000039;a@example.org',
      `${claire.value};other@example.org;0639980001`,
    );
    assert.deepEqual(report, {
      name: 'ordre.csv',
      rows: 9,
      imported: 3,
      ...{ created: 1, changed: 1, unchanged: 1 },
      skipped: [
        { line: 5, reason: 'bad_identifier' },
        { line: 6, reason: 'bad_email' },
        { line: 7, reason: 'secure_mailbox' },
        { line: 8, reason: 'not_mobile' },
        { line: 9, reason: 'torn_line' },
        { line: 10, reason: 'duplicate_person' },
      ],
    });
    assert.deepEqual(opened.events.at(-1), {
      name: 'directory.contacts_imported',
      details: { created: 1, changed: 1, unchanged: 1, skipped: 6 },
    });
  });

  test('what a file replaces is unverified, told at the old address and the new one, and can be blocked', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, directory, outbox } = opened;
    await opened.importContacts(former);
    await importFile(opened, 'ordre.csv', present, `${paul.value};paul@example.org;0639980002`);
    const details = await directory.findContactDetails(claire);
    assert.deepEqual(
      [details?.email, details?.verified, details?.changedUnder],
      ['claire@laposte.net', false, 'file'],
    );
    const { mails, sms } = await outbox();
    assert.deepEqual(mails.map(({ to }) => to).sort(), ['claire@laposte.net', 'old@example.org']);
    assert.deepEqual(sms.map(({ to }) => to).sort(), ['0639980001', '0639980142']);
    assert.match(mails[0]?.text ?? '', /Votre Ordre nous les a transmises/);
    const link = mails[0]?.links.find(({ text }) => text === "Ce n'est pas moi")?.href ?? '';
    assert.ok(await desk.withdrawDisputed(new URL(link).searchParams.get('jeton') ?? '', 'fr'));
    assert.equal((await directory.findContactDetails(claire))?.email, null);
  });

  test('what the person did herself after the date of the file stays, and the line is told', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, directory, outbox } = opened;
    await opened.importContacts(former);
    const typed = { email: 'own@example.org', phone: '0639980077' };
    await desk.saveUnderCard({ rpps: claire.value, adeli: null, typed, locale: 'fr' });
    await outbox();
    const report = await importFile(opened, long, former);
    assert.deepEqual(report.skipped, [{ line: 2, reason: 'newer_own_details' }]);
    assert.equal((await directory.findContactDetails(claire))?.email, 'own@example.org');
    assert.equal((await outbox()).mails.length, 2, 'those of her own change');
    opened.clock.setAhead(hour);
    assert.equal((await importFile(opened, 'coordonnees_203001010300.csv', former)).changed, 1);
    assert.equal((await outbox()).mails[0]?.subject, 'Vos coordonnées de correspondance ont changé');
    assert.equal((await outbox()).mails.length, 4, 'a newer file is never silent');
  });

  test('details that she proved by an activation, or withdrew, stay against an older file', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { directory, database, clock } = opened;
    await opened.importContacts(former);
    await importFile(opened, 'ordre.csv', present);
    await database.write((unit) => directory.confirmContactDetails(unit, claire, clock.now()));
    assert.equal((await importFile(opened, long, former)).skipped[0]?.reason, 'newer_own_details');
    assert.equal((await directory.findContactDetails(claire))?.verified, true);
  });

  test('a dry run tells the same and changes nothing', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, directory, events, write } = opened;
    await opened.importContacts(former);
    events.length = 0;
    const path = await write('ordre.csv', [header, present, '1;;']);
    const dry = await desk.importFile(path, { dryRun: true });
    assert.equal((await directory.findContactDetails(claire))?.email, 'old@example.org');
    assert.deepEqual([events, (await opened.outbox()).mails], [[], []]);
    assert.deepEqual(await desk.importFile(path), dry);
  });

  test('the history tells how each change came, masked, newest first', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, clock, database, directory } = opened;
    await opened.importContacts(former);
    clock.setAhead(hour);
    const typed = { email: 'own@example.org', phone: '0639980077' };
    await desk.saveUnderCard({ rpps: claire.value, adeli: null, typed, locale: 'fr' });
    clock.setAhead(2 * hour);
    await database.write((unit) => directory.confirmContactDetails(unit, claire, clock.now()));
    clock.setAhead(3 * hour);
    const request = { rpps: claire.value, email: 'by@example.org', phone: '0639980088' };
    const asked = await desk.requestReview({ typed: request, locale: 'fr', address: '192.0.2.1' });
    const reference = asked.outcome === 'transmitted' ? asked.reference : '';
    await desk.accept(reference, '3operator');
    const told = (await desk.listHistory(claire.value)).map(({ at: _, ...entry }) => Object.values(entry));
    const noBreak = (text: string) => text.replaceAll(' ', '\u00a0');
    assert.deepEqual(told, [
      ['order', 'b•••@example.org', noBreak('06 •• •• •• 88'), reference, '3operator'],
      ['activation', 'o•••@example.org', noBreak('06 •• •• •• 77'), null, null],
      ['card', 'o•••@example.org', noBreak('06 •• •• •• 77'), null, null],
      ['file', 'o•••@example.org', noBreak('06 •• •• •• 01'), 'coordonnees.csv', null],
    ]);
    clock.setAhead(401 * 24 * hour + 3 * hour);
    await desk.sweep();
    assert.deepEqual(await desk.listHistory(claire.value), []);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactPolicies, remoteActivationFrom } from '#directory';
import { claire, formerNumber, openContactDesk, pageUrl, paul } from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';

const minute = 60_000;
const typed = { email: 'claire@laposte.net', phone: '06 39 98 01 42' };
const reach = { email: 'claire@laposte.net', phone: '0639980142' };
const underCard = { rpps: claire.value, adeli: null, typed, locale: 'fr' } as const;
const underEcps = { rpps: claire.value, typed, locale: 'fr' } as const;

forEachEngine((engine) => {
  test('under a card a change counts at once, unverified until an activation went through it', async (t) => {
    const { desk, directory, database, clock } = await openContactDesk(t, engine);
    assert.deepEqual(await desk.saveUnderCard(underCard), { outcome: 'saved' });
    const saved = await directory.findContactDetails(claire);
    assert.deepEqual(
      { ...saved, changedAt: 0 },
      { ...reach, verified: false, changedUnder: 'card', changedAt: 0 },
    );
    const changedAt = saved?.changedAt ?? 0;
    await database.write((unit) => directory.confirmContactDetails(unit, claire, changedAt - 1));
    assert.equal(
      (await directory.findContactDetails(claire))?.verified,
      false,
      'an older mail proves nothing',
    );
    await database.write((unit) => directory.confirmContactDetails(unit, claire, clock.now()));
    assert.equal((await directory.findContactDetails(claire))?.verified, true);
  });

  test('a change is announced at the old address and mobile and at the new ones', async (t) => {
    const { desk, importContacts, outbox } = await openContactDesk(t, engine);
    await importContacts(`${claire.value};old@example.org;0639980001`);
    await desk.saveUnderCard(underCard);
    const { mails, sms } = await outbox();
    assert.deepEqual(mails.map(({ to }) => to).sort(), ['claire@laposte.net', 'old@example.org']);
    assert.deepEqual(sms.map(({ to }) => to).sort(), ['0639980001', '0639980142']);
    for (const { subject, text, code, links } of mails) {
      assert.equal(subject, 'Vos coordonnées de correspondance ont changé');
      assert.match(text, /avec votre carte CPS/);
      assert.match(text.replaceAll('\u00a0', ' '), /c•••@laposte\.net\n.*06 •• •• •• 42/);
      assert.equal(code, null);
      assert.deepEqual(
        links.map((link) => link.text),
        ["Ce n'est pas moi"],
      );
      assert.ok(links[0]?.href.startsWith(`${pageUrl}/ce-n-est-pas-moi?jeton=`));
    }
    const former = mails.find(({ to }) => to === 'old@example.org');
    assert.match(former?.text ?? '', /n’écrira plus ici/);
    assert.match(
      sms[0]?.text ?? '',
      /^Vos coordonnées à l'annuaire de santé ont changé, avec votre carte CPS/,
    );
  });

  test('an address that stays is told once', async (t) => {
    const { desk, importContacts, outbox } = await openContactDesk(t, engine);
    await importContacts(`${claire.value};claire@laposte.net;0639980001`);
    await desk.saveUnderCard({ ...underCard, typed: { email: '', phone: '0639980142' } });
    const { mails, sms } = await outbox();
    assert.deepEqual([mails.length, sms.length], [1, 2]);
  });

  test('a card under ADELI: the use of the link is an event, and the notice says so', async (t) => {
    const { desk, directory, write, events, outbox } = await openContactDesk(t, engine);
    await directory.importLinks(
      await write('l.csv', ['N° ADELI;N° RPPS', `${formerNumber};${claire.value}`]),
    );
    events.length = 0;
    await desk.saveUnderCard({ ...underCard, adeli: formerNumber });
    assert.deepEqual(events, [
      { name: 'directory.contact_changed', subject: '899700000013', details: { under: 'card' } },
      { name: 'directory.link_used', subject: `0${formerNumber}`, details: { purpose: 'contact_change' } },
    ]);
    assert.match((await outbox()).mails[0]?.text.replaceAll('\u00a0', ' ') ?? '', /numéro ADELI 99 6000 019/);
  });

  test('a link that was corrected since the sign-in is no longer relied on', async (t) => {
    const { desk, directory, write } = await openContactDesk(t, engine);
    const link = async (...lines: string[]) =>
      directory.importLinks(await write('l.csv', ['N° ADELI;N° RPPS', ...lines]));
    const save = () => desk.saveUnderCard({ ...underCard, adeli: formerNumber });
    assert.deepEqual(await save(), { outcome: 'no_record' });
    await link(`${formerNumber};${paul.value}`);
    assert.deepEqual(await save(), { outcome: 'no_record' });
    await link(`${formerNumber};${claire.value}`, `${formerNumber};${paul.value}`);
    assert.deepEqual(await save(), { outcome: 'no_record' });
    assert.equal(await directory.findContactDetails(claire), undefined);
  });

  test('under an e-CPS nothing changes before both codes came back', async (t) => {
    const { desk, directory, outbox, codes, events, clock } = await openContactDesk(t, engine);
    events.length = 0;
    const started = await desk.startUnderEcps(underEcps);
    assert.equal(started.outcome, 'codes_sent');
    const own = {
      changeId: 'changeId' in started ? started.changeId : '',
      rpps: claire.value,
      locale: 'fr',
    } as const;
    assert.equal(await directory.findContactDetails(claire), undefined);
    const { mails, sms } = await outbox();
    assert.equal(mails[0]?.to, reach.email);
    assert.equal(sms[0]?.to, reach.phone);
    assert.match(sms[0]?.text ?? '', /\n\n@localhost #\d{6}$/);
    const sent = await codes();
    assert.match(sent.emailCode, /^\d{6}$/);
    assert.ok(!mails[0]?.text.includes(sent.phoneCode) || sent.phoneCode === sent.emailCode);
    const awaited = await desk.findAwaitedCodes(own);
    assert.equal(awaited?.maskedEmail, 'c•••@laposte.net');
    assert.equal(awaited?.triesLeft, 5);
    assert.ok((awaited?.expiresAt ?? 0) <= clock.now() + 10 * minute);
    const spaced = { emailCode: sent.emailCode.replace(/(?=...$)/, ' '), phoneCode: sent.phoneCode };
    assert.deepEqual(await desk.confirmUnderEcps(own, spaced), { outcome: 'saved' });
    const saved = await directory.findContactDetails(claire);
    assert.deepEqual([saved?.verified, saved?.changedUnder], [true, 'ecps']);
    assert.deepEqual(
      events.map(({ name }) => name),
      ['directory.contact_codes_sent', 'directory.contact_changed'],
    );
    assert.equal((await outbox()).mails.length, 2);
  });

  test('no event holds an address, a number or a code', async (t) => {
    const { desk, events, codes } = await openContactDesk(t, engine);
    const started = await desk.startUnderEcps(underEcps);
    const changeId = 'changeId' in started ? started.changeId : '';
    const sent = await codes();
    await desk.confirmUnderEcps({ changeId, rpps: claire.value, locale: 'fr' }, sent);
    const request = { typed: { ...typed, rpps: paul.value }, locale: 'fr', address: '192.0.2.1' } as const;
    await desk.requestReview(request);
    const told = JSON.stringify(events);
    for (const secret of ['laposte', '0639980142', sent.emailCode, sent.phoneCode, '192.0.2.1'])
      assert.ok(!told.includes(secret));
  });

  test('codes are sent again after a pause, three times an hour, and the old ones are dead', async (t) => {
    const { desk, clock, codes } = await openContactDesk(t, engine);
    const started = await desk.startUnderEcps(underEcps);
    const own = {
      changeId: 'changeId' in started ? started.changeId : '',
      rpps: claire.value,
      locale: 'fr',
    } as const;
    const first = await codes();
    assert.deepEqual(await desk.sendCodesAgain(own), { outcome: 'too_soon' });
    clock.setAhead(40_000);
    assert.deepEqual(await desk.sendCodesAgain(own), { outcome: 'codes_sent' });
    const answer = await desk.confirmUnderEcps(own, first);
    assert.equal(answer.outcome, 'wrong');
    clock.setAhead(80_000);
    assert.deepEqual(await desk.sendCodesAgain(own), { outcome: 'codes_sent' });
    clock.setAhead(120_000);
    assert.equal((await desk.sendCodesAgain(own)).outcome, 'too_many');
    assert.equal((await desk.startUnderEcps(underEcps)).outcome, 'too_many');
    clock.setAhead(61 * minute);
    assert.equal((await desk.startUnderEcps(underEcps)).outcome, 'codes_sent');
  });

  test('codes die after ten minutes', async (t) => {
    const { desk, directory, clock, codes } = await openContactDesk(t, engine);
    const started = await desk.startUnderEcps(underEcps);
    const own = {
      changeId: 'changeId' in started ? started.changeId : '',
      rpps: claire.value,
      locale: 'fr',
    } as const;
    const sent = await codes();
    clock.setAhead(10 * minute + 1000);
    assert.deepEqual(await desk.confirmUnderEcps(own, sent), { outcome: 'dead' });
    assert.equal((await desk.findAwaitedCodes(own))?.triesLeft, 0);
    assert.equal(await directory.findContactDetails(claire), undefined);
  });

  test('addresses that wait for nothing any more are forgotten', async (t) => {
    const { desk, clock, database } = await openContactDesk(t, engine);
    await desk.startUnderEcps(underEcps);
    await desk.requestReview({ typed: { ...typed, rpps: paul.value }, locale: 'fr', address: '192.0.2.1' });
    const left = async () => {
      const tables = ['directory_contact_change', 'directory_contact_request'] as const;
      const rows = tables.map((table) => database.as<Record<string, object>>().selectFrom(table).selectAll());
      return (await Promise.all(rows.map((query) => query.execute()))).map(({ length }) => length);
    };
    await desk.sweep();
    assert.deepEqual(await left(), [1, 1]);
    clock.setAhead(31 * minute);
    await desk.sweep();
    assert.deepEqual(await left(), [0, 1]);
    clock.setAhead(61 * 24 * 60 * minute);
    await desk.sweep();
    assert.deepEqual(await left(), [0, 0]);
  });

  test('only a change under an e-CPS is followed by a cooling-off, in the hardened profile', () => {
    const { psc, hardened } = contactPolicies;
    const changedAt = Date.UTC(2026, 10, 24);
    const from = (changedUnder: string | null, policy: { coolingOffMs: number }) =>
      remoteActivationFrom({ changedAt, changedUnder }, policy);
    assert.equal(from('ecps', hardened), changedAt + 5 * 24 * 60 * minute);
    assert.equal(from('ecps', psc), null);
    for (const ground of ['card', 'order', null]) assert.equal(from(ground, hardened), null);
  });

  test('an inactive or unknown record has no contact details to change', async (t) => {
    const { desk } = await openContactDesk(t, engine);
    const nobody = { rpps: '99700123450', typed, locale: 'fr' } as const;
    assert.equal(await desk.find(nobody.rpps), undefined);
    assert.deepEqual(await desk.saveUnderCard({ ...nobody, adeli: null }), { outcome: 'no_record' });
    assert.deepEqual(await desk.startUnderEcps(nobody), { outcome: 'no_record' });
  });

  test('what is wrong is told by field, and nothing is saved', async (t) => {
    const { desk, directory } = await openContactDesk(t, engine);
    const wrong = { email: 'a@pro.mssante.fr', phone: '0297000012' };
    const faults = { email: 'secure_mailbox', phone: 'not_mobile' };
    const answer = await desk.saveUnderCard({ ...underCard, typed: wrong });
    assert.deepEqual(answer, { outcome: 'faults', faults });
    const asked = { typed: { ...wrong, rpps: '1' }, locale: 'fr', address: '192.0.2.1' } as const;
    assert.deepEqual(await desk.requestReview(asked), {
      outcome: 'faults',
      faults: { ...faults, rpps: 'bad_rpps' },
    });
    assert.equal(await directory.findContactDetails(claire), undefined);
    assert.deepEqual(await desk.listReview(), []);
  });
});

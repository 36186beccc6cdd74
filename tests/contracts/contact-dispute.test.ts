import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claire, openContactDesk, paul, type TestContactDesk } from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';

const typed = { email: 'stranger@example.org', phone: '0639980142' };
const day = 24 * 3_600_000;

/** Changes Claire's details and answers the token that the notices hold. */
async function change({ desk, outbox }: TestContactDesk, email = typed.email): Promise<string> {
  const answer = await desk.saveUnderCard({
    rpps: claire.value,
    adeli: null,
    typed: { ...typed, email },
    locale: 'fr',
  });
  assert.deepEqual(answer, { outcome: 'saved' });
  const { mails, sms } = await outbox();
  const token = /jeton=(\S+)/.exec(sms[0]?.text ?? '')?.[1] ?? '';
  assert.ok(mails[0]?.links[0]?.href.endsWith(`jeton=${token}`));
  return token;
}

forEachEngine((engine) => {
  test('whoever had the old address takes a change back, and the new one is told', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, directory, events, outbox, clock } = opened;
    await opened.importContacts(`${claire.value};claire@laposte.net;0639980001`);
    const token = await change(opened);
    const disputed = await desk.findDisputed(token);
    assert.equal(disputed?.maskedEmail, 's•••@example.org');
    events.length = 0;
    assert.equal(await desk.withdrawDisputed(token, 'fr'), true);
    const details = await directory.findContactDetails(claire);
    assert.deepEqual(
      { ...details, changedAt: (details?.changedAt ?? 0) <= clock.now() },
      { email: null, phone: null, verified: false, changedAt: true, changedUnder: 'dispute' },
    );
    const { mails, sms } = await outbox();
    assert.deepEqual([mails[0]?.to, sms[0]?.to], [typed.email, typed.phone]);
    assert.equal(mails[0]?.subject, 'Vos coordonnées de correspondance sont retirées');
    assert.deepEqual(events, [{ name: 'directory.contact_withdrawn', subject: '899700000013' }]);
  });

  test('a change is taken back once, even by several presses at the same time', async (t) => {
    const opened = await openContactDesk(t, engine);
    const token = await change(opened);
    const withdrawn = await Promise.all([1, 2, 3].map(() => opened.desk.withdrawDisputed(token, 'fr')));
    assert.equal(withdrawn.filter(Boolean).length, 1);
    assert.equal(await opened.desk.findDisputed(token), undefined);
  });

  test('an old notice does not touch a later change', async (t) => {
    const opened = await openContactDesk(t, engine);
    const token = await change(opened);
    opened.clock.setAhead(5000);
    await change(opened, 'claire@laposte.net');
    assert.equal(await opened.desk.findDisputed(token), undefined);
    assert.equal(await opened.desk.withdrawDisputed(token, 'fr'), false);
    assert.equal((await opened.directory.findContactDetails(claire))?.email, 'claire@laposte.net');
  });

  test('a notice works for two months', async (t) => {
    const opened = await openContactDesk(t, engine);
    const token = await change(opened);
    opened.clock.setAhead(59 * day);
    assert.ok(await opened.desk.findDisputed(token));
    opened.clock.setAhead(60 * day + 1000);
    assert.equal(await opened.desk.withdrawDisputed(token, 'fr'), false);
  });

  test('a token that is forged, cut or made out to somebody else does nothing', async (t) => {
    const opened = await openContactDesk(t, engine);
    const token = await change(opened);
    const [idNatPs = '', changedAt = '', mac = ''] = token.split('.');
    await opened.importContacts(`${paul.value};paul@example.org;0639980002`);
    for (const forged of [
      '',
      token.slice(0, -1),
      `${token}A`,
      `8${paul.value}.${changedAt}.${mac}`,
      `${idNatPs}.${Number(changedAt) + 1}.${mac}`,
      `${idNatPs}.${changedAt}.${'A'.repeat(22)}`,
      `${idNatPs}.${changedAt}.`,
    ])
      assert.equal(await opened.desk.withdrawDisputed(forged, 'fr'), false, forged);
    assert.equal((await opened.directory.findContactDetails(paul))?.email, 'paul@example.org');
    assert.equal((await opened.directory.findContactDetails(claire))?.email, typed.email);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claire, openContactDesk, type TestContactDesk } from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';

const typed = { rpps: '9970 0000 013', email: 'claire@laposte.net', phone: '06 39 98 01 42' };
const day = 24 * 3_600_000;

async function request({ desk }: TestContactDesk, changes: Partial<typeof typed> = {}): Promise<string> {
  const answer = await desk.requestReview({
    typed: { ...typed, ...changes },
    locale: 'fr',
    address: '192.0.2.1',
  });
  assert.equal(answer.outcome, 'transmitted');
  return answer.outcome === 'transmitted' ? answer.reference : '';
}

forEachEngine((engine) => {
  test('a request waits in the queue with a reference; an accepted one counts and is announced', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, directory, outbox, events, importContacts } = opened;
    await importContacts(`${claire.value};old@example.org;0639980001`);
    events.length = 0;
    const reference = await request(opened);
    assert.match(reference, /^[A-Z2-7]{3}-[A-Z2-7]{3}$/);
    const [item, ...others] = await desk.listReview();
    assert.deepEqual(others, []);
    assert.deepEqual(
      [item?.id, item?.rpps, item?.email, item?.phone],
      [reference, claire.value, 'claire@laposte.net', '0639980142'],
    );
    assert.equal(item?.holder?.familyName, 'FONTAINE');
    assert.equal((await directory.findContactDetails(claire))?.email, 'old@example.org');
    assert.deepEqual((await outbox()).mails, []);

    assert.deepEqual(await desk.accept(reference), { outcome: 'decided', rpps: claire.value });
    const saved = await directory.findContactDetails(claire);
    assert.deepEqual(
      [saved?.email, saved?.verified, saved?.changedUnder],
      ['claire@laposte.net', false, 'order'],
    );
    const { mails, sms } = await outbox();
    assert.deepEqual(mails.map(({ to }) => to).sort(), ['claire@laposte.net', 'old@example.org']);
    assert.deepEqual(sms.map(({ to }) => to).sort(), ['0639980001', '0639980142']);
    assert.match(mails[0]?.text ?? '', /L’Ordre a accepté/);
    assert.deepEqual(await desk.listReview(), []);
    assert.deepEqual(events, [
      { name: 'directory.contact_requested', details: { reference } },
      { name: 'directory.contact_accepted', subject: '899700000013', details: { reference } },
    ]);
  });

  test('a refusal changes nothing and tells whoever asked nothing about whom', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, directory, outbox, events } = opened;
    const reference = await request(opened);
    events.length = 0;
    assert.equal((await desk.refuse(reference)).outcome, 'decided');
    assert.equal(await directory.findContactDetails(claire), undefined);
    const { mails, sms } = await outbox();
    assert.deepEqual(sms, []);
    assert.deepEqual(
      mails.map(({ to }) => to),
      ['claire@laposte.net'],
    );
    const text = mails[0]?.text.replace(/\s/g, '') ?? '';
    assert.ok(text.includes(reference));
    for (const told of [claire.value, 'CLAIRE', 'FONTAINE', '0639980142'])
      assert.ok(!text.includes(told), told);
    assert.deepEqual(events, [
      { name: 'directory.contact_refused', details: { reference, reason: 'not_verified' } },
    ]);
  });

  test('a known and an unknown number get the same answer and the same rows', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, outbox, events } = opened;
    events.length = 0;
    await request(opened);
    const unknown = await request(opened, { rpps: '99700123450' });
    const items = await desk.listReview();
    assert.equal(items.length, 2);
    for (const { id, holder } of items) assert.equal(holder === null, id === unknown);
    assert.deepEqual(
      events.map(({ name, subject }) => [name, subject]),
      [
        ['directory.contact_requested', undefined],
        ['directory.contact_requested', undefined],
      ],
    );
    assert.deepEqual((await outbox()).mails, []);
    assert.deepEqual(await desk.accept(unknown), { outcome: 'no_record' });
    assert.equal((await desk.listReview()).length, 2, 'it stays until it is refused');
    assert.equal((await desk.refuse(unknown)).outcome, 'decided');
  });

  test('a request is decided once even by two decisions at the same time', async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, events } = opened;
    const reference = await request(opened);
    events.length = 0;
    const decisions = await Promise.all([
      desk.accept(reference),
      desk.accept(reference),
      desk.refuse(reference),
    ]);
    assert.equal(decisions.filter(({ outcome }) => outcome === 'decided').length, 1);
    assert.equal(events.length, 1);
    assert.deepEqual(await desk.refuse(reference), { outcome: 'unknown' });
  });

  test("a request that nobody decided is gone after two months, a stranger's never replaces hers", async (t) => {
    const opened = await openContactDesk(t, engine);
    const { desk, clock } = opened;
    const reference = await request(opened);
    await request(opened, { email: 'stranger@example.org' });
    assert.equal((await desk.listReview()).length, 2);
    clock.setAhead(60 * day + 1000);
    assert.deepEqual(await desk.listReview(), []);
    assert.deepEqual(await desk.accept(reference), { outcome: 'unknown' });
    await request(opened);
    assert.equal((await desk.listReview()).length, 1);
  });
});

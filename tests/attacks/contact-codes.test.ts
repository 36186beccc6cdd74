import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { claire, openContactDesk, paul, type TestContactDesk } from '../support/contact-desk.ts';
import { forEachEngine } from '../support/databases.ts';

const change: Parameters<TestContactDesk['desk']['startUnderEcps']>[0] = {
  rpps: claire.value,
  typed: { email: 'claire@laposte.net', phone: '0639980142' },
  locale: 'fr',
};

async function start({ desk }: TestContactDesk, more: Partial<typeof change> = {}) {
  const started = await desk.startUnderEcps({ ...change, ...more });
  assert.equal(started.outcome, 'codes_sent');
  const changeId = started.outcome === 'codes_sent' ? started.changeId : '';
  return { changeId, rpps: claire.value, locale: 'fr' } as const;
}

/** Six digits that are not these. */
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

forEachEngine((engine) => {
  test('a code is guessed five times at most, even all at once, and then the right one is dead too', async (t) => {
    const opened = await openContactDesk(t, engine);
    const own = await start(opened);
    const sent = await opened.codes();
    const guess = { emailCode: sent.emailCode, phoneCode: wrong(sent.phoneCode) };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => opened.desk.confirmUnderEcps(own, guess)),
    );
    assert.equal(answers.filter(({ outcome }) => outcome === 'wrong').length, 5);
    assert.equal(answers.filter(({ outcome }) => outcome === 'dead').length, 7);
    assert.deepEqual(await opened.desk.confirmUnderEcps(own, sent), { outcome: 'dead' });
    assert.equal(await opened.directory.findContactDetails(claire), undefined);
  });

  test('one code without the other saves nothing', async (t) => {
    const opened = await openContactDesk(t, engine);
    const own = await start(opened);
    const { emailCode, phoneCode } = await opened.codes();
    for (const typed of [
      { emailCode, phoneCode: '' },
      { emailCode: '', phoneCode },
      { emailCode: phoneCode, phoneCode: emailCode },
    ])
      assert.equal((await opened.desk.confirmUnderEcps(own, typed)).outcome, 'wrong');
    assert.equal(await opened.directory.findContactDetails(claire), undefined);
  });

  test('the right codes save once, even where they are sent twice at the same time', async (t) => {
    const opened = await openContactDesk(t, engine);
    const own = await start(opened);
    const sent = await opened.codes();
    opened.events.length = 0;
    const answers = await Promise.all([1, 2, 3].map(() => opened.desk.confirmUnderEcps(own, sent)));
    for (const answer of answers) assert.deepEqual(answer, { outcome: 'saved' });
    assert.deepEqual(
      opened.events.map(({ name }) => name),
      ['directory.contact_changed'],
    );
  });

  test("somebody else's change can be neither seen, confirmed nor sent again", async (t) => {
    const opened = await openContactDesk(t, engine);
    const own = await start(opened);
    const sent = await opened.codes();
    const foreign = { ...own, rpps: paul.value };
    assert.equal(await opened.desk.findAwaitedCodes(foreign), undefined);
    assert.deepEqual(await opened.desk.confirmUnderEcps(foreign, sent), { outcome: 'dead' });
    opened.clock.setAhead(60_000);
    assert.deepEqual(await opened.desk.sendCodesAgain(foreign), { outcome: 'dead' });
    assert.equal(await opened.directory.findContactDetails(paul), undefined);
    assert.deepEqual(await opened.desk.confirmUnderEcps(own, sent), { outcome: 'saved' });
  });

  test('codes of one change do not confirm another', async (t) => {
    const opened = await openContactDesk(t, engine);
    await start(opened);
    const sent = await opened.codes();
    const other = await start(opened, { typed: { email: 'other@example.org', phone: '0639980199' } });
    assert.equal((await opened.desk.confirmUnderEcps(other, sent)).outcome, 'wrong');
  });

  test('one mobile is written to three times an hour, whoever asks', async (t) => {
    const opened = await openContactDesk(t, engine);
    await start(opened);
    await start(opened);
    const byPaul = (email: string) =>
      opened.desk.startUnderEcps({ ...change, rpps: paul.value, typed: { ...change.typed, email } });
    assert.equal((await byPaul('a@example.org')).outcome, 'codes_sent');
    assert.equal((await byPaul('b@example.org')).outcome, 'too_many');
  });

  test('codes, addresses and mobiles of the messages are nowhere in clear but in the change itself', async (t) => {
    const opened = await openContactDesk(t, engine);
    await start(opened);
    const sent = await opened.codes();
    const rows = await sql<Record<string, unknown>>`select * from directory_contact_change`.execute(
      opened.database.as(),
    );
    const limits = await sql<Record<string, unknown>>`select * from rate_limit`.execute(opened.database.as());
    const kept = JSON.stringify(rows.rows) + JSON.stringify(limits.rows);
    assert.ok(!kept.includes(`"${sent.emailCode}"`) && !kept.includes(`"${sent.phoneCode}"`));
    assert.ok(!JSON.stringify(limits.rows).includes('0639980142'));
  });

  test('requests of one network address are limited, and the refusal does not depend on the number', async (t) => {
    const { desk } = await openContactDesk(t, engine);
    const ask = (rpps: string) =>
      desk.requestReview({ typed: { ...change.typed, rpps }, locale: 'fr', address: '192.0.2.1' });
    for (let at = 0; at < 20; at++) assert.equal((await ask(claire.value)).outcome, 'transmitted');
    for (const number of [claire.value, '99700123450']) assert.equal((await ask(number)).outcome, 'too_many');
    const elsewhere = {
      typed: { ...change.typed, rpps: claire.value },
      locale: 'fr',
      address: '192.0.2.2',
    } as const;
    assert.equal((await desk.requestReview(elsewhere)).outcome, 'transmitted');
  });
});

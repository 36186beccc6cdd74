import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { createMailOutbox } from '#platform/mail/mail-outbox.ts';
import { joinMailSenders } from '#platform/mail/mail-sender.ts';
import { outboxMigrations } from '#platform/outbox/outbox.ts';
import { createSmsOutbox } from '#platform/sms/sms-outbox.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

const clock = new VirtualClock();
const mail = {
  to: 'claire@example.fr',
  subject: 'Activez votre e-CPS',
  text: 'Bonjour',
  html: '<p>Bonjour</p>',
};

forEachEngine((engine) => {
  test('mails are kept newest first and can be asked for by recipient', async (t) => {
    const database = await openTestDatabase(t, engine, outboxMigrations);
    const outbox = createMailOutbox({ database, clock });
    await database.write(async (unit) => {
      for (const subject of ['un', 'deux', 'trois']) await outbox.send(unit, { ...mail, subject });
      await outbox.send(unit, { ...mail, to: 'marc@example.fr' });
    });
    const subjects = (await outbox.latest({ to: mail.to })).map(({ subject }) => subject);
    assert.deepEqual(subjects, ['trois', 'deux', 'un']);
    assert.equal((await outbox.latest({ limit: 2 })).length, 2);
    await outbox.clear();
    assert.deepEqual(await outbox.latest({}), []);
  });

  test('a mail of a unit that is rolled back never leaves', async (t) => {
    const database = await openTestDatabase(t, engine, outboxMigrations);
    const outbox = createMailOutbox({ database, clock });
    const failing = database.write(async (unit) => {
      await outbox.send(unit, mail);
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual(await outbox.latest({}), []);
  });

  test('joined senders each get every mail', async (t) => {
    const database = await openTestDatabase(t, engine, outboxMigrations);
    const [kept, sent] = [createMailOutbox({ database, clock }), [] as string[]];
    const both = joinMailSenders(kept, { send: async (_, { to }) => void sent.push(to) });
    await database.write((unit) => both.send(unit, mail));
    assert.equal((await kept.latest({})).length, 1);
    assert.deepEqual(sent, [mail.to]);
  });

  test('inline pictures become part of the HTML', async (t) => {
    const database = await openTestDatabase(t, engine, outboxMigrations);
    const outbox = createMailOutbox({ database, clock });
    const images = [{ cid: 'qr', contentType: 'image/png', content: Buffer.from('picture') }];
    await database.write((unit) => outbox.send(unit, { ...mail, html: '<img src="cid:qr">', images }));
    const [kept] = await outbox.latest({});
    assert.equal(
      kept?.html,
      `<img src="data:image/png;base64,${Buffer.from('picture').toString('base64')}">`,
    );
  });

  test('messages are kept newest first and can be asked for by recipient', async (t) => {
    const database = await openTestDatabase(t, engine, outboxMigrations);
    const outbox = createSmsOutbox({ database, clock });
    await database.write(async (unit) => {
      await outbox.send(unit, { to: '0639980142', text: 'un' });
      await outbox.send(unit, { to: '0639980142', text: 'deux' });
      await outbox.send(unit, { to: '0639980217', text: 'trois' });
    });
    assert.deepEqual(
      (await outbox.latest({ to: '0639980142' })).map(({ text }) => text),
      ['deux', 'un'],
    );
    await createMailOutbox({ database, clock }).clear();
    assert.equal((await outbox.latest({})).length, 3);
    await outbox.clear();
    assert.deepEqual(await outbox.latest({}), []);
  });
});

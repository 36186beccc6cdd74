import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrations } from '#relying-party';
import { createLoginStore } from '../../src/relying-party/login-store.ts';
import { createSessionStore } from '../../src/relying-party/session-store.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

const login = {
  idHash: 'state',
  secretHash: 'secret',
  returnTo: '/ici?a=1',
  deniedTo: null,
  expiresAt: 2000,
};
const session = { idHash: 'one', sid: 'sid-1', sub: 'sub-1', claims: { nom: 'É' }, sealedIdToken: 'a.b.c' };
const hourMs = 3_600_000;

forEachEngine((engine) => {
  test('a login is given once even to two requests at the same time', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const logins = createLoginStore('portal');
    await database.write((unit) => logins.create(unit, login, 1000));
    const consume = () => database.write((unit) => logins.consume(unit, login, 1500));
    const answers = await Promise.all([consume(), consume(), consume()]);
    assert.deepEqual(
      answers.filter((answer) => answer !== undefined),
      [{ returnTo: '/ici?a=1', deniedTo: null }],
    );
  });

  test('a login is not given to another browser, another site or too late', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const logins = createLoginStore('portal');
    await database.write((unit) => logins.create(unit, login, 1000));
    const attempts = [
      [logins, { ...login, secretHash: 'other' }, 1500],
      [createLoginStore('directory'), login, 1500],
      [logins, login, 2000],
    ] as const;
    for (const [store, key, now] of attempts) {
      assert.equal(await database.write((unit) => store.consume(unit, key, now)), undefined);
    }
    assert.ok(await database.write((unit) => logins.consume(unit, login, 1999)));
  });

  test('expired logins go when a new one comes', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const logins = createLoginStore('portal');
    await database.write((unit) => logins.create(unit, login, 1000));
    await database.write((unit) => logins.create(unit, { ...login, idHash: 'next', expiresAt: 9000 }, 2000));
    assert.equal(await database.write((unit) => logins.consume(unit, login, 1500)), undefined);
  });

  test('a session is found with its claims until it expires or idles', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const sessions = createSessionStore(database, 'portal');
    await database.write((unit) => sessions.create(unit, session, 0));
    const found = await sessions.find('one', 1000);
    assert.deepEqual(found?.claims, { nom: 'É' });
    assert.equal(found?.createdAt, 0);
    assert.equal(await createSessionStore(database, 'directory').find('one', 1000), undefined);
    assert.equal(await sessions.find('one', hourMs / 2), undefined);
    await database.write((unit) => sessions.touch(unit, 'one', 4 * hourMs - 1));
    assert.ok(await sessions.find('one', 4 * hourMs - 1));
    assert.equal(await sessions.find('one', 4 * hourMs), undefined);
  });

  test('a session that has ended is not brought back by a late renewal', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const sessions = createSessionStore(database, 'portal');
    await database.write((unit) => sessions.create(unit, session, 0));
    assert.deepEqual(await database.write((unit) => sessions.end(unit, 'one')), { sealedIdToken: 'a.b.c' });
    await database.write((unit) => sessions.touch(unit, 'one', 1000));
    assert.equal(await sessions.find('one', 1000), undefined);
    assert.equal(await database.write((unit) => sessions.end(unit, 'one')), undefined);
  });

  test('sessions end together by provider session or by subject, on their own site only', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const sessions = createSessionStore(database, 'portal');
    const elsewhere = createSessionStore(database, 'directory');
    await database.write(async (unit) => {
      await sessions.create(unit, session, 0);
      await sessions.create(unit, { ...session, idHash: 'two' }, 0);
      await sessions.create(unit, { ...session, idHash: 'three', sid: 'sid-2' }, 0);
      await elsewhere.create(unit, { ...session, idHash: 'four' }, 0);
    });
    assert.equal(await database.write((unit) => sessions.endAll(unit, { sid: 'sid-1' })), 2);
    assert.ok(await sessions.find('three', 1));
    assert.equal(await database.write((unit) => sessions.endAll(unit, { sub: 'sub-1' })), 1);
    assert.ok(await elsewhere.find('four', 1));
  });

  test('a logout token counts once even where two arrive at the same time', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const sessions = createSessionStore(database, 'portal');
    const record = () => database.write((unit) => sessions.recordLogoutToken(unit, 'jti', 0, 1000));
    assert.deepEqual((await Promise.all([record(), record()])).sort(), [false, true]);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrations } from '#oidc';
import { AlreadyConsumed, createRecordStore, type OidcRecord } from '../../src/oidc/record-store.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

const now = 1_700_000_000_000;

function record(model: string, id: string, more: Partial<OidcRecord> = {}): OidcRecord {
  return {
    model,
    id_hash: id,
    payload: `{"of":"${id}"}`,
    grant_hash: null,
    session_uid: null,
    consumed_at: null,
    expires_at: now + 60_000,
    subject: null,
    ...more,
  };
}

forEachEngine((engine) => {
  const open = async (t: Parameters<typeof openTestDatabase>[0]) => {
    const database = await openTestDatabase(t, engine, migrations);
    return { database, store: createRecordStore(database) };
  };

  test('a record is found until it expires, under its own model only', async (t) => {
    const { database, store } = await open(t);
    await database.write((unit) => store.save(unit, record('AccessToken', 'a')));
    assert.deepEqual(
      { ...(await store.find('AccessToken', 'a', now)) },
      {
        payload: '{"of":"a"}',
        consumed_at: null,
        expires_at: now + 60_000,
      },
    );
    assert.equal(await store.find('RefreshToken', 'a', now), undefined);
    assert.equal(await store.find('AccessToken', 'a', now + 60_000), undefined);
  });

  test('saving again replaces', async (t) => {
    const { database, store } = await open(t);
    await database.write((unit) => store.save(unit, record('Session', 's', { session_uid: 'u' })));
    const later = record('Session', 's', { session_uid: 'u', payload: '{"n":2}', expires_at: now + 90_000 });
    await database.write((unit) => store.save(unit, later));
    assert.deepEqual(
      { ...(await store.findSession('u', now)) },
      {
        payload: '{"n":2}',
        consumed_at: null,
        expires_at: now + 90_000,
      },
    );
  });

  test('the sessions of a person are found until they expire, nobody else’s', async (t) => {
    const { database, store } = await open(t);
    const session = (id: string, subject: string | null, more = {}) =>
      record('Session', id, { session_uid: `uid-${id}`, subject, ...more });
    const rows = [
      session('a', 'hers'),
      session('b', 'hers'),
      session('c', 'his'),
      session('d', null),
      session('e', 'hers', { expires_at: now }),
    ];
    await database.write(async (unit) => {
      for (const row of rows) await store.save(unit, row);
    });
    assert.deepEqual((await store.listSessions('hers', now)).sort(), ['uid-a', 'uid-b']);
    await database.write((unit) => store.save(unit, session('b', 'his')));
    assert.deepEqual(await store.listSessions('hers', now), ['uid-a']);
  });

  test('of concurrent consumptions one succeeds', async (t) => {
    const { database, store } = await open(t);
    await database.write((unit) => store.save(unit, record('AuthorizationCode', 'c')));
    const consume = () =>
      database.write((unit) => store.consume(unit, 'AuthorizationCode', 'c', now, 1_800_000));
    const results = await Promise.allSettled([consume(), consume(), consume(), consume()]);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results)
      if (result.status === 'rejected') assert.ok(result.reason instanceof AlreadyConsumed);
    const used = await store.find('AuthorizationCode', 'c', now + 120_000);
    assert.deepEqual([used?.consumed_at, used?.expires_at], [now, now + 60_000 + 1_800_000]);
  });

  test('a lost consumption takes the writes of its unit with it', async (t) => {
    const { database, store } = await open(t);
    await database.write((unit) => store.save(unit, record('AuthorizationCode', 'c')));
    await database.write((unit) => store.consume(unit, 'AuthorizationCode', 'c', now));
    await assert.rejects(
      database.write(async (unit) => {
        await store.save(unit, record('AccessToken', 'a'));
        await store.consume(unit, 'AuthorizationCode', 'c', now);
      }),
      AlreadyConsumed,
    );
    assert.equal(await store.find('AccessToken', 'a', now), undefined);
  });

  test('of concurrent creations with one id one succeeds', async (t) => {
    const { database, store } = await open(t);
    const create = () => database.write((unit) => store.createOnce(unit, record('ReplayDetection', 'r')));
    const results = await Promise.allSettled([create(), create(), create()]);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('the codes and tokens of a grant go together, and no others', async (t) => {
    const { database, store } = await open(t);
    await database.write(async (unit) => {
      await store.save(unit, record('AccessToken', 'a1', { grant_hash: 'g1', session_uid: 'u' }));
      await store.save(unit, record('RefreshToken', 'r1', { grant_hash: 'g1', session_uid: 'u' }));
      await store.save(unit, record('AccessToken', 'a2', { grant_hash: 'g2', session_uid: 'u' }));
    });
    assert.equal(await store.findGrantHash('AccessToken', 'a1'), 'g1');
    await database.write((unit) => store.deleteGrant(unit, 'g1'));
    assert.equal(await store.find('AccessToken', 'a1', now), undefined);
    assert.equal(await store.find('RefreshToken', 'r1', now), undefined);
    assert.ok(await store.find('AccessToken', 'a2', now));
  });

  test('tokens of one model can be revoked alone', async (t) => {
    const { database, store } = await open(t);
    await database.write(async (unit) => {
      await store.save(unit, record('AccessToken', 'a', { grant_hash: 'g' }));
      await store.save(unit, record('RefreshToken', 'r', { grant_hash: 'g' }));
    });
    await database.write((unit) => store.deleteByGrant(unit, 'RefreshToken', 'g'));
    assert.ok(await store.find('AccessToken', 'a', now));
    assert.equal(await store.find('RefreshToken', 'r', now), undefined);
  });

  test('a session goes with its codes and tokens; ending it twice does nothing', async (t) => {
    const { database, store } = await open(t);
    await database.write(async (unit) => {
      await store.save(unit, record('Session', 's', { session_uid: 'u' }));
      await store.save(unit, record('Session', 'other', { session_uid: 'v' }));
      await store.save(unit, record('RefreshToken', 'r', { grant_hash: 'g', session_uid: 'u' }));
    });
    assert.equal(await database.write((unit) => store.deleteSession(unit, 'u')), true);
    assert.equal(await database.write((unit) => store.deleteSession(unit, 'u')), false);
    assert.equal(await store.findSession('u', now), undefined);
    assert.equal(await store.find('RefreshToken', 'r', now), undefined);
    assert.ok(await store.findSession('v', now));
  });

  test('a session is made longer, never shorter', async (t) => {
    const { database, store } = await open(t);
    await database.write((unit) => store.save(unit, record('Session', 's', { session_uid: 'u' })));
    const extend = (until: number) => database.write((unit) => store.extendSession(unit, 'u', until));
    await extend(now + 90_000);
    await extend(now + 30_000);
    assert.equal((await store.findSession('u', now))?.expires_at, now + 90_000);
  });

  test('sweeping deletes what has expired, a batch at a time', async (t) => {
    const { database, store } = await open(t);
    await database.write(async (unit) => {
      for (let i = 0; i < 600; i++)
        await store.save(unit, record('AccessToken', `a${i}`, { expires_at: now - 1 }));
      await store.save(unit, record('AccessToken', 'alive'));
    });
    const sweep = () => database.write((unit) => store.sweep(unit, now));
    assert.deepEqual([await sweep(), await sweep(), await sweep()], [500, 100, 0]);
    assert.ok(await store.find('AccessToken', 'alive', now));
  });
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Verification } from '#national-id';
import { migrations } from '#smart-card';
import { createCardAttemptStore, type Presentation } from '../../src/smart-card/card-attempt-store.ts';
import { type Engine, forEachEngine, openTestDatabase } from '../support/databases.ts';

const start = 1_800_000_000_000;
const verification: Verification = {
  nationalId: { kind: 'siretEmployee', value: '99700000000001/12' },
  givenName: 'Zoé',
  familyName: "D'ÉTÉ",
  profession: null,
  method: 'card',
  verifiedAt: start + 5,
};

async function openStore(t: TestContext, engine: Engine) {
  const database = await openTestDatabase(t, engine, migrations);
  const store = createCardAttemptStore(database);
  return {
    store,
    create: (id: string, expiresAt = start + 600_000) =>
      database.write((unit) =>
        store.create(unit, { id, signInId: 'one', reader: 'first', createdAt: start, expiresAt }),
      ),
    present: (changes: Partial<Presentation> = {}) =>
      database.write((unit) => store.present(unit, { ...presentation, ...changes })),
    consume: (codeHash = 'hash', signInId = 'one', now = start + 10) =>
      database.write((unit) => store.consume(unit, { codeHash, signInId, now })),
    deleteExpired: (before: number) => database.write((unit) => store.deleteExpired(unit, before)),
  };
}

const presentation: Presentation = {
  attemptId: 'a',
  reader: 'own',
  presentedAt: start + 5,
  codeHash: 'hash',
  codeExpiresAt: start + 60_005,
  result: { verification },
};

const winners = (results: unknown[]) => results.filter((result) => result !== undefined).length;

forEachEngine((engine) => {
  test('an attempt is open until it is answered or ends', async (t) => {
    const { store, create, present } = await openStore(t, engine);
    assert.equal(await store.isOpen('a', start), false);
    await create('a');
    assert.equal(await store.isOpen('a', start + 599_999), true);
    assert.equal(await store.isOpen('a', start + 600_000), false);
    assert.deepEqual(await present(), { signInId: 'one' });
    assert.equal(await store.isOpen('a', start + 6), false);
  });

  test('of several answers to one attempt at the same time one counts', async (t) => {
    const { create, present, consume } = await openStore(t, engine);
    await create('a');
    const hashes = ['h1', 'h2', 'h3', 'h4', 'h5'];
    assert.equal(winners(await Promise.all(hashes.map((codeHash) => present({ codeHash })))), 1);
    const redeemed: unknown[] = [];
    for (const hash of hashes) redeemed.push(await consume(hash));
    assert.equal(winners(redeemed), 1);
  });

  test('an attempt that has ended, or never was, takes no answer', async (t) => {
    const { create, present } = await openStore(t, engine);
    await create('a', start + 5);
    assert.equal(await present(), undefined);
    assert.equal(await present({ attemptId: 'b' }), undefined);
  });

  test('a code redeems into the verification as it was stored', async (t) => {
    const { create, present, consume } = await openStore(t, engine);
    await create('a');
    await present();
    assert.deepEqual(await consume(), { verification });
  });

  test('of several redemptions of one code at the same time one succeeds', async (t) => {
    const { create, present, consume } = await openStore(t, engine);
    await create('a');
    await present();
    assert.equal(winners(await Promise.all([1, 2, 3, 4, 5].map(() => consume()))), 1);
  });

  test('a code is bound to its sign-in and ends', async (t) => {
    const { create, present, consume } = await openStore(t, engine);
    await create('a');
    await present();
    assert.equal(await consume('hash', 'two'), undefined);
    assert.equal(await consume('other'), undefined);
    assert.equal(await consume('hash', 'one', start + 60_005), undefined);
    assert.deepEqual(await consume('hash', 'one', start + 60_004), { verification });
  });

  test('failures are listed once they were redeemed, newest first, with the reader that gave them', async (t) => {
    const { store, create, present, consume } = await openStore(t, engine);
    for (const id of ['a', 'b', 'c', 'd']) await create(id);
    await present({ codeHash: 'ha', result: { failure: 'no_certificate' } });
    await present({ attemptId: 'b', codeHash: 'hb', reader: 'first', result: { failure: 'revoked' } });
    await present({ attemptId: 'c', codeHash: 'hc' });
    await present({ attemptId: 'd', codeHash: 'hd', result: { failure: 'expired' } });
    assert.deepEqual(await consume('ha', 'one', start + 10), { failure: 'no_certificate', reader: 'own' });
    assert.deepEqual(await consume('hb', 'one', start + 11), { failure: 'revoked', reader: 'first' });
    await consume('hc', 'one', start + 12);
    assert.deepEqual(await store.listFailures('one'), [
      { failure: 'revoked', reader: 'first' },
      { failure: 'no_certificate', reader: 'own' },
    ]);
    assert.deepEqual(await store.listFailures('two'), []);
  });

  test('expired attempts are deleted, others stay', async (t) => {
    const { store, create, deleteExpired } = await openStore(t, engine);
    await create('old', start + 1);
    await create('new', start + 2);
    await deleteExpired(start + 2);
    assert.equal(await store.isOpen('old', start), false);
    assert.equal(await store.isOpen('new', start), true);
  });
});

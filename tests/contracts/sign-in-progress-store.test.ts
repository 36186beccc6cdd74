import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adeli, rpps } from '#national-id';
import { migrations } from '#sign-in';
import type { Progress } from '../../src/sign-in/next-step.ts';
import { createProgressStore } from '../../src/sign-in/progress-store.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

const waiting: Progress = {
  at: 'ecps',
  identifier: rpps('99700000013'),
  approvalId: 'apr_1',
  refusal: null,
};

forEachEngine((engine) => {
  test('a sign-in that nothing is stored about has no progress', async (t) => {
    const store = createProgressStore(await openTestDatabase(t, engine, migrations));
    assert.equal(await store.find('a'), undefined);
  });

  test('what is saved is found again, whole, and replaced by what is saved next', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const store = createProgressStore(database);
    const steps: Progress[] = [
      waiting,
      { ...waiting, approvalId: null, refusal: { outcome: 'locked', until: 1_900_000_000_000 } },
      { at: 'ecps', identifier: adeli('0B6077602'), approvalId: null, refusal: { outcome: 'expired' } },
      { at: 'choice', identifier: null, approvalId: null, refusal: null },
    ];
    for (const [at, progress] of steps.entries()) {
      await database.write((unit) => store.save(unit, 'a', progress, at));
      assert.deepEqual(await store.find('a'), progress);
    }
    assert.equal(await store.find('b'), undefined);
  });

  test('two saves at the same time leave one of the two', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const store = createProgressStore(database);
    const ids = ['apr_1', 'apr_2', 'apr_3'];
    await Promise.all(
      ids.map((approvalId) => database.write((unit) => store.save(unit, 'a', { ...waiting, approvalId }, 1))),
    );
    assert.ok(ids.includes((await store.find('a'))?.approvalId ?? ''));
  });

  test('what was not touched for long is deleted, and nothing else', async (t) => {
    const database = await openTestDatabase(t, engine, migrations);
    const store = createProgressStore(database);
    await database.write((unit) => store.save(unit, 'old', waiting, 1_700_000_000_000));
    await database.write((unit) => store.save(unit, 'new', waiting, 1_700_000_000_001));
    await database.write((unit) => store.deleteUntouched(unit, 1_700_000_000_001));
    assert.equal(await store.find('old'), undefined);
    assert.deepEqual(await store.find('new'), waiting);
  });
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { createRateLimiter, rateLimitMigrations } from '#platform/rate-limit/rate-limiter.ts';
import { type Engine, forEachEngine, openTestDatabase } from '../support/databases.ts';

const limit = { most: 3, windowMs: 60_000 };

async function openLimiter(t: TestContext, engine: Engine) {
  const clock = new VirtualClock();
  const database = await openTestDatabase(t, engine, rateLimitMigrations);
  const limiter = createRateLimiter({ clock });
  return {
    clock,
    take: (key = 'one') => database.write((unit) => limiter.take(unit, key, limit)),
    takeAndFail: () =>
      database.write(async (unit) => {
        await limiter.take(unit, 'one', limit);
        throw new Error('rolled back');
      }),
    sweep: () => database.write((unit) => limiter.sweep(unit)),
    keys: async () => {
      const rows = await database
        .as<{ rate_limit: { key: string } }>()
        .selectFrom('rate_limit')
        .select('key')
        .execute();
      return rows.map(({ key }) => key);
    },
  };
}

forEachEngine((engine) => {
  test('so many are taken in a window, of each key', async (t) => {
    const { take, clock } = await openLimiter(t, engine);
    for (let taken = 0; taken < 3; taken++) assert.equal(await take(), undefined);
    const refused = await take();
    assert.ok(refused && refused.retryAt <= clock.now() + 60_000);
    assert.equal(await take('other'), undefined);
    clock.setAhead(60_000);
    assert.equal(await take(), undefined);
  });

  test('of many at once never one too many', async (t) => {
    const { take } = await openLimiter(t, engine);
    const taken = await Promise.all(Array.from({ length: 10 }, () => take()));
    assert.equal(taken.filter((refused) => refused === undefined).length, 3);
  });

  test('a unit that is rolled back has taken nothing', async (t) => {
    const { take, takeAndFail } = await openLimiter(t, engine);
    for (let n = 0; n < 5; n++) await assert.rejects(takeAndFail());
    for (let taken = 0; taken < 3; taken++) assert.equal(await take(), undefined);
    assert.ok(await take());
  });

  test('windows that have ended are forgotten', async (t) => {
    const { take, sweep, keys, clock } = await openLimiter(t, engine);
    await take('old');
    clock.setAhead(60_000);
    await take('new');
    await sweep();
    assert.deepEqual(await keys(), ['new']);
  });
});

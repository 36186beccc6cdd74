import { describe, test } from 'node:test';
import type { Engine } from '../support/databases.ts';
import { openMortalImport } from './mortal-import.ts';
import { createRandom, runSeed } from './random.ts';

/** What a killed import and the one after it take at most. */
const longestMs = 45_000;

const engines: Engine[] = process.env.HYGIE_TEST_DATABASE_URL ? ['sqlite', 'postgres'] : ['sqlite'];

/** So many kills of imports on each engine, spread over the whole duration. HYGIE_TEST_SEED repeats those of a failure. */
export function testImportKills(killsOf: Record<Engine, number>): void {
  const timeout = (Math.max(...Object.values(killsOf)) + 4) * longestMs;
  describe('an import that dies', { concurrency: engines.length, timeout }, () => {
    for (const engine of engines) testOn(engine, killsOf[engine], timeout);
  });
}

function testOn(engine: Engine, kills: number, timeout: number): void {
  test(`an import on ${engine} that is killed leaves the old directory or the new one`, {
    timeout,
  }, async (t) => {
    const random = createRandom(runSeed);
    const mortal = await openMortalImport(t, engine);
    const parts = Array.from({ length: kills }, (_, slice) => (slice + random.next()) / kills);
    for (const part of random.shuffle(parts)) {
      const where = `HYGIE_TEST_SEED=${runSeed}, after ${Math.round(part * 100)} % of ${Math.round(mortal.duration)} ms`;
      await t.test(where, () => mortal.kill(part));
    }
  });
}

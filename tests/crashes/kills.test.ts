import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Engine } from '../support/databases.ts';
import type { KillPlan } from './line.ts';
import { startMortalServer } from './mortal-server.ts';
import { createRandom, runSeed } from './random.ts';
import { reckon } from './reckoning.ts';
import { type Walk, walk, walks } from './walks.ts';

/** HYGIE_TEST_KILLS asks for more; HYGIE_TEST_SEED, which a failure names, for the same ones. */
const kills = Number(process.env.HYGIE_TEST_KILLS) || 5;
const engines: Engine[] = process.env.HYGIE_TEST_DATABASE_URL ? ['sqlite', 'postgres'] : ['sqlite'];

interface Death {
  engine: Engine;
  walk: Walk;
  plan: KillPlan;
}

/** Every walk in turn, each time in another order, the engines by turns; somewhere among its requests it is killed. */
function planDeaths(): Death[] {
  const random = createRandom(runSeed);
  const deaths: Death[] = [];
  while (deaths.length < kills) {
    for (const one of random.shuffle(walks)) {
      const engine = engines[deaths.length % engines.length] ?? 'sqlite';
      const plan = { request: random.upTo(one.requests), part: random.next() };
      deaths.push({ engine, walk: one, plan });
    }
  }
  return deaths.slice(0, kills);
}

const deaths = planDeaths();

for (const engine of engines) {
  test(`a server on ${engine} is killed in the middle of walks, and they end as they should`, async (t) => {
    const server = await startMortalServer(t, engine);
    for (const death of deaths.filter((one) => one.engine === engine)) {
      const where = `${death.walk.name}, request ${death.plan.request}`;
      await t.test(where, async () => {
        const before = server.kills;
        const nurse = await walk(server, death.walk, death.plan).catch((error: unknown) =>
          fail(where, error),
        );
        assert.equal(server.kills, before + 1);
        await reckon(nurse).catch((error: unknown) => fail(where, error));
      });
    }
  });
}

function fail(where: string, cause: unknown): never {
  const said = cause instanceof Error ? cause.message : String(cause);
  throw new Error(`HYGIE_TEST_SEED=${runSeed} HYGIE_TEST_KILLS=${kills}: ${where}: ${said}`, { cause });
}

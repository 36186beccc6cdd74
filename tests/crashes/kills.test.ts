import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Engine } from '../support/databases.ts';
import type { KillPlan } from './line.ts';
import { startMortalServer } from './mortal-server.ts';
import { createRandom, runSeed } from './random.ts';
import { reckon } from './reckoning.ts';
import { type Walk, walk, walks } from './walks.ts';

/** HYGIE_TEST_KILLS asks for more; HYGIE_TEST_SEED, which a failure names, for the same ones. */
const asked = Number(process.env.HYGIE_TEST_KILLS);
const kills = asked || 3;
/** What a walk with its death takes at most. */
const longestMs = 30_000;
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

/** Between a unit and what follows it, where a process seldom dies by chance. */
const aimed = [
  ['the guide, by card QR', 'authenticator.activated'],
  ['a deactivation', 'authenticator.deactivated'],
  ['an e-CPS under ADELI, by forgotten password', 'authenticator.destroyed'],
  ['a sign-in by e-CPS', 'oidc.signed_in'],
] as const;

function planAimed(): Death[] {
  return aimed.slice(0, asked ? aimed.length : 2).map(([name, event], index) => {
    const found = walks.find((one) => one.name === name);
    assert.ok(found);
    return { engine: engines[index % engines.length] ?? 'sqlite', walk: found, plan: { event } };
  });
}

const deaths = [...planDeaths(), ...planAimed()];
const timeout = deaths.length * longestMs;

describe('whatever dies', { concurrency: engines.length, timeout }, () => {
  for (const engine of engines) walkUnderKills(engine);
});

function walkUnderKills(engine: Engine): void {
  test(`a server on ${engine} is killed in the middle of walks, and they end as they should`, {
    timeout,
  }, async (t) => {
    const server = await startMortalServer(t, engine);
    for (const death of deaths.filter((one) => one.engine === engine)) {
      const { plan } = death;
      const at = 'event' in plan ? plan.event : `request ${plan.request}`;
      const where = `${death.walk.name}, ${at}`;
      await t.test(where, async () => {
        const before = server.kills;
        const nurse = await walk(server, death.walk, plan).catch((error: unknown) => fail(where, error));
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

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { listenerNames } from '#platform/http/site.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { readUserInfo } from '../support/demo-client.ts';
import { openOwnState } from '../support/seeded-data.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { createRandom, runSeed } from './random.ts';

/** A part of those that are asked for: each start makes a directory of 20,000 rows. */
const kills = Math.floor(Number(process.env.HYGIE_TEST_KILLS ?? 0) / 6);
const program = new URL('../../bin/hygie.mjs', import.meta.url).pathname;
/** What a first start takes, more or less. */
const usualMs = 3_000;
const freePorts = Object.fromEntries(
  listenerNames.map((name) => [`HYGIE_${name.toUpperCase()}_PORT`, '0'] as const),
);

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`a first start on ${engine} that is killed again and again is finished by the next one`, async (t) => {
    const isHere = engine === 'sqlite' || process.env.HYGIE_TEST_DATABASE_URL !== undefined;
    if (kills === 0 || !isHere) return t.skip('HYGIE_TEST_KILLS asks for it');
    t.diagnostic(`HYGIE_TEST_SEED=${runSeed}`);
    const random = createRandom(runSeed);
    const dataDir = join(await temporaryDirectory(t), 'data');
    const { env, remove } = await openOwnState(dataDir, engine, { seeded: false });
    for (let kill = 0; kill < kills; kill++) await startAndKill(env, random.next() * usualMs);
    const server = await startTestServer(t, { env, seedRows: 20_000 });
    t.after(remove);
    const places = await readUserInfo(server, 'infirmier-rpps');
    assert.equal(places.repair.cause, null);
    assert.equal((await readUserInfo(server, 'infirmiere-adeli')).repair.cause, 'legacy_adeli_identity');
    assert.equal((await readUserInfo(server, 'infirmier-lieu-ferme')).repair.cause, 'place_closed');
    const byPhone = await readUserInfo(server, 'sage-femme', { method: 'ecps' });
    assert.equal(byPhone.authMode, 'MOBILE');
  });
}

async function startAndKill(env: Record<string, string>, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...process.env, ...freePorts, ...env },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await setTimeout(afterMs);
  child.kill('SIGKILL');
  const [code] = await ended;
  assert.equal(code, null, 'it ended by the kill alone');
}

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, parseEnvironment } from '#config';
import { listenerNames } from '#platform/http/site.ts';
import { startServer } from '../../src/server.ts';

/** Rows around the personas; few, so that a start is quick. */
export const seedRows = 60;

/** The configuration of a server under test: ports of its own, its data in `dataDir`. */
export function testConfig(dataDir: string, env: Record<string, string> = {}) {
  const ports = Object.fromEntries(listenerNames.map((name) => [`HYGIE_${name.toUpperCase()}_PORT`, '0']));
  return createConfig(
    parseEnvironment({ HYGIE_DATA_DIR: dataDir, HYGIE_LOG_LEVEL: 'silent', ...ports, ...env }),
  );
}

export interface SeededData extends AsyncDisposable {
  directory: string;
}

/** What a first start leaves behind, made once for a whole run of tests: each server then starts from a copy. */
export async function makeSeededData(): Promise<SeededData> {
  const parent = await mkdtemp(join(tmpdir(), 'hygie-seeded-'));
  const directory = join(parent, 'data');
  const server = await startServer(testConfig(directory), { seedRows });
  await server.close();
  return { directory, [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }) };
}

/** Copies what the run has made, where it has: a test file that runs alone seeds its own. */
export async function copySeededData(dataDir: string): Promise<void> {
  const made = process.env.HYGIE_TEST_SEEDED_DATA;
  if (made) await cp(made, dataDir, { recursive: true });
}

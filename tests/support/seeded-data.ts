import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, parseEnvironment } from '#config';
import { listenerNames } from '#platform/http/site.ts';
import { startServer } from '../../src/server.ts';
import type { Engine } from './databases.ts';
import { createOwnDatabase } from './own-database.ts';

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
  /** The variables that tell the processes of tests where it is. */
  env: Record<string, string>;
}

/** What a first start leaves behind, made once for a whole run of tests: each server then starts from a copy. */
export async function makeSeededData(): Promise<SeededData> {
  await using made = new AsyncDisposableStack();
  const directory = await seedDirectory(made);
  return keep(made, directory, { HYGIE_TEST_SEEDED_DATA: directory });
}

/** The same on a PostgreSQL server: the data directory then holds what is no row. */
export async function makeSeededDatabase(serverUrl: string): Promise<SeededData> {
  await using made = new AsyncDisposableStack();
  const { name, url } = made.adopt(await createOwnDatabase(serverUrl), ({ drop }) => drop());
  const directory = await seedDirectory(made, { HYGIE_DATABASE_URL: url });
  const env = { HYGIE_TEST_SEEDED_DATABASE: name, HYGIE_TEST_SEEDED_DATABASE_DATA: directory };
  return keep(made, directory, env);
}

async function seedDirectory(made: AsyncDisposableStack, env: Record<string, string> = {}): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'hygie-seeded-'));
  made.defer(() => rm(parent, { recursive: true, force: true }));
  const directory = join(parent, 'data');
  const server = await startServer(testConfig(directory, env), { seedRows });
  await server.close();
  return directory;
}

function keep(made: AsyncDisposableStack, directory: string, env: Record<string, string>): SeededData {
  const kept = made.move();
  return { directory, env, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Copies what the run has made, where it has: a test file that runs alone seeds its own. */
export async function copySeededData(dataDir: string): Promise<void> {
  const made = process.env.HYGIE_TEST_SEEDED_DATA;
  if (made) await cp(made, dataDir, { recursive: true });
}

/** Where a server under test keeps its state. */
export interface OwnState {
  /** What the server, and commands beside it, are started with. */
  env: Record<string, string>;
  /** After the server has ended. */
  remove(): Promise<void>;
}

/** A place of its own on that engine; `seeded`: with what the run has made in it, where it has. */
export async function openOwnState(
  dataDir: string,
  engine: Engine,
  { seeded }: { seeded: boolean },
): Promise<OwnState> {
  if (engine === 'postgres') return openOwnDatabase(dataDir, seeded);
  if (seeded) await copySeededData(dataDir);
  return { env: { HYGIE_DATA_DIR: dataDir }, async remove() {} };
}

async function openOwnDatabase(dataDir: string, seeded: boolean): Promise<OwnState> {
  const {
    HYGIE_TEST_DATABASE_URL: serverUrl = '',
    HYGIE_TEST_SEEDED_DATABASE: template,
    HYGIE_TEST_SEEDED_DATABASE_DATA: directory,
  } = process.env;
  const copied = seeded && directory !== undefined;
  if (copied) await cp(directory, dataDir, { recursive: true });
  const { url, drop } = await createOwnDatabase(serverUrl, copied ? template : undefined);
  return { env: { HYGIE_DATA_DIR: dataDir, HYGIE_DATABASE_URL: url }, remove: drop };
}

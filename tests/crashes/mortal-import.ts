import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { createDirectory, type Directory, type ImportReport } from '#directory';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { createLogger } from '#platform/logger.ts';
import { generationsOf, openState } from '../../src/command-context.ts';
import { runCommandLine } from '../../src/command-line.ts';
import { type Engine, temporaryDirectory } from '../support/databases.ts';
import { openOwnState, testConfig } from '../support/seeded-data.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
/** An import of so many takes about a second. */
const rows = 8_000;

/** What a directory is, as a reader and as its own counts tell it. */
interface Seen {
  practitioners: number;
  roles: number;
  organizations: number;
  /** A hash: they are long. */
  counts: string;
}

/** Two extracts of one date, either of which can take the place of the other. */
export interface MortalImport {
  /** Milliseconds of a whole import in a process of its own. */
  duration: number;
  /**
   * Imports the other extract and kills that after `part` of its duration. Then what is there is one of them as a
   * whole, and the next import goes to its end and leaves nothing else behind.
   */
  kill(part: number): Promise<void>;
}

export async function openMortalImport(t: TestContext, engine: Engine): Promise<MortalImport> {
  const ending = new AsyncDisposableStack();
  t.after(() => ending.disposeAsync());
  const [data, files] = [await temporaryDirectory(t), await temporaryDirectory(t)];
  const { env, remove } = await openOwnState(data, engine, { seeded: false });
  ending.defer(remove);
  const config = testConfig(data, env);
  const database = ending.adopt(await openState(config), (opened) => opened.close());
  const parts = { database, clock: systemClock, logger: createLogger('silent') };
  const events = { report: async () => undefined };
  const directory = ending.use(createDirectory({ ...parts, generations: generationsOf(config), events }));
  const extracts = ['one', 'two'].map((name) => join(files, `${name}_202609070300.txt`)) as [string, string];
  for (const file of extracts)
    await hygie(env, 'generate', '--rows', String(rows), '--seed', file.slice(-20), '--out', file);
  const importHere = async (file: string): Promise<ImportReport> =>
    JSON.parse(await hygie(env, 'import', file, '--accept', '--json'));

  await importHere(extracts[0]);
  const one = await see(directory);
  const toTwo = await importHere(extracts[1]);
  const two = await see(directory);
  const toOne = await importHere(extracts[0]);
  await importHere(extracts[1]);
  const started = performance.now();
  await once(startImport(extracts[0], env), 'exit');
  const duration = performance.now() - started;
  assert.deepEqual(await see(directory), one);
  let current = 0;

  return {
    duration,
    async kill(part) {
      const target = 1 - current;
      const [before, after] = current === 0 ? [one, two] : [two, one];
      const expected = target === 0 ? toOne : toTwo;
      const generation = await directory.generation();
      await killImport(extracts[target] ?? '', env, part * duration);
      const isNew = (await directory.generation()) > generation;
      assert.deepEqual(await see(directory), isNew ? after : before);
      assert.equal((await directory.listRuns(1))[0]?.generation, isNew ? generation + 1 : generation);
      const report = await importHere(extracts[target] ?? '');
      assert.equal(report.status, isNew ? 'unchanged' : 'applied');
      if (!isNew) assert.deepEqual(countsOf(report), countsOf(expected));
      assert.deepEqual(await see(directory), after);
      assert.deepEqual(await listStored(database, data), await listKept(database));
      current = target;
    },
  };
}

const countsOf = ({ practitioners, roles, organizations }: ImportReport) => ({
  practitioners,
  roles,
  organizations,
});

const startImport = (file: string, env: Record<string, string>) =>
  spawn(process.execPath, [main, 'directory', 'import', file, '--accept', '--json'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });

async function killImport(file: string, env: Record<string, string>, afterMs: number): Promise<void> {
  const child = startImport(file, env);
  const ended = once(child, 'exit');
  await Promise.race([wait(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
}

async function see(directory: Directory): Promise<Seen> {
  const reader = await directory.store.current();
  const active = [{ field: 'active', match: 'equals', values: [true] }] as const;
  const { byProfession, byDepartment } = await directory.counts();
  return {
    practitioners: await reader.countPractitioners(active),
    roles: await reader.countRoles(active),
    organizations: await reader.countOrganizations(active),
    counts: createHash('sha256')
      .update(JSON.stringify([byProfession, byDepartment]))
      .digest('hex'),
  };
}

/** Everything of an import that lies about: drafts and generations. */
async function listStored(database: Database, data: string): Promise<string[]> {
  if (database.engine === 'sqlite')
    return (await readdir(data)).filter((name) => /^directory-(?!0\.)/.test(name)).sort();
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname ~ '^directory_' and nspname <> 'directory_0'
    order by nspname`.execute(database.as());
  return rows.map(({ name }) => name).sort();
}

/** The generations that may still be read. */
async function listKept(database: Database): Promise<string[]> {
  const { rows } = await sql<{ generation: number }>`
    select current as generation from directory_generation
    union select generation from directory_left_generation where generation > 0`.execute(database.as());
  const nameOf = (generation: number) =>
    database.engine === 'sqlite' ? `directory-${generation}.sqlite` : `directory_${generation}`;
  return rows.map(({ generation }) => nameOf(generation)).sort();
}

async function hygie(env: Record<string, string>, ...args: string[]): Promise<string> {
  const output = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof output) => ({
    write(text: string | Uint8Array) {
      output[name] += text;
      return true;
    },
  });
  const code = await runCommandLine(['directory', ...args], env, sink('stdout'), sink('stderr'));
  assert.equal(code, 0, output.stderr);
  return output.stdout;
}

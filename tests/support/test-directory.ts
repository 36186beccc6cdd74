import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import {
  type ActivityRecord,
  createDirectory,
  createFhirApi,
  type Directory,
  extractHeader,
  type FhirAccess,
  type FhirApi,
  formatExtractRow,
  type GenerationLocation,
  type ImportReport,
  migrations,
} from '#directory';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { BusinessEvent } from '#platform/events.ts';
import { randomLabel } from '#platform/ids.ts';
import { jobMigrations } from '#platform/jobs/job-migrations.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { rateLimitMigrations } from '#platform/rate-limit/rate-limiter.ts';
import { type Engine, openTestDatabase, temporaryDirectory } from './databases.ts';

export interface TestDirectory {
  directory: Directory;
  fhir: FhirApi;
  /** Runs exports until it is disposed of. */
  runJobs(): AsyncDisposable;
  database: Database;
  clock: VirtualClock;
  /** The data directory. */
  data: string;
  /** Where its generations are. */
  generations: GenerationLocation;
  events: BusinessEvent[];
  /** Another process's view of the same directory. */
  openAgain(): Directory;
  /** The numbers of the generations that are stored, but for the empty one. */
  kept(): Promise<number[]>;
  write(name: string, lines: readonly string[]): Promise<string>;
  /** Writes a Personne_activite extract of that date (`AAAAMMJJhhmm`) and imports it. */
  importRows(rows: readonly ActivityRecord[], date: string): Promise<ImportReport>;
}

/** An empty directory of its own on that engine. */
export async function openTestDirectory(
  t: TestContext,
  engine: Engine,
  access?: FhirAccess,
): Promise<TestDirectory> {
  // Hooks run in the order of their making: what uses the database is registered, and so ends, before it.
  const ending = new AsyncDisposableStack();
  t.after(() => ending.disposeAsync());
  const data = await temporaryDirectory(t);
  const all = [...migrations, ...jobMigrations, ...rateLimitMigrations];
  const database = await openTestDatabase(t, engine, all);
  const generations =
    engine === 'sqlite' ? { kind: engine, directory: data } : ownSchemas(ending, database, data);
  const clock = new VirtualClock();
  const events: BusinessEvent[] = [];
  const reporter = { report: async (_: unknown, event: BusinessEvent) => void events.push(event) };
  const openAgain = () => {
    return ending.use(createDirectory({ database, generations, clock, events: reporter }));
  };
  const directory = openAgain();
  const logger = createLogger('silent');
  const jobs = createJobQueue({ database, clock, secret: randomBytes(32) });
  const exportDirectory = join(data, 'exports');
  const { store, keys } = directory;
  const fhir = createFhirApi({
    ...{ store, keys, database, clock, logger, jobs },
    generations,
    exportDirectory,
    ...(access && { access }),
  });
  const runJobs = () =>
    startJobs({ database, clock, logger, queue: jobs, handlers: fhir.jobHandlers, pollMs: 20 });
  const write = async (name: string, lines: readonly string[]) => {
    const file = join(data, name);
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    return file;
  };
  return {
    ...{ directory, fhir, runJobs, database, clock, data, generations, events, openAgain, write },
    kept: () => listGenerations(database, data, generations),
    async importRows(rows, date) {
      const lines = [extractHeader, ...rows.map(formatExtractRow)];
      const file = await write(`PS_LibreAcces_Personne_activite_${date}.txt`, lines);
      return directory.importExtracts([file]);
    },
  };
}

/** Files or schemas, as an operator would find them. */
async function listGenerations(
  database: Database,
  data: string,
  location: GenerationLocation,
): Promise<number[]> {
  const numberOf = (name: string) => Number(/(\d+)(?:\.sqlite)?$/.exec(name)?.[1]);
  const names =
    location.kind === 'sqlite'
      ? (await readdir(data)).filter((name) => /^directory-\d+\.sqlite$/.test(name))
      : await listSchemas(database, location.prefix ?? '');
  return names
    .map(numberOf)
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

async function listSchemas(database: Database, prefix: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where starts_with(nspname, ${prefix})`.execute(database.as());
  return rows.map(({ name }) => name);
}

function ownSchemas(ending: AsyncDisposableStack, database: Database, directory: string): GenerationLocation {
  const prefix = `test_${randomLabel(8)}_`;
  ending.defer(async () => {
    for (const name of await listSchemas(database, prefix)) {
      await sql`drop schema ${sql.id(name)} cascade`.execute(database.as());
    }
  });
  return { kind: 'postgres', url: process.env.HYGIE_TEST_DATABASE_URL ?? '', directory, prefix };
}

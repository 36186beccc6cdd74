import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { sql } from 'kysely';
import type { Database } from '#platform/database/database.ts';
import { type Migration, migrate } from '#platform/database/migrations.ts';
import { openDatabase } from '#platform/database/open-database.ts';
import { randomLabel } from '#platform/ids.ts';

export type Engine = Database['engine'];

/** The server that contracts also run on; `npm test` starts one where it finds PostgreSQL and none is given. */
const postgresUrl = process.env.HYGIE_TEST_DATABASE_URL;

/** What tests run on that name no engine: SQLite, unless HYGIE_TEST_ENGINE says `postgres`. */
export const usualEngine: Engine = process.env.HYGIE_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

/** Runs one contract suite on each engine at hand; on PostgreSQL alone where that is the usual one. */
export function forEachEngine(suite: (engine: Engine) => void): void {
  const engines: Engine[] =
    usualEngine === 'postgres' || !postgresUrl ? [usualEngine] : ['sqlite', 'postgres'];
  for (const engine of engines) describe(`on ${engine}`, () => suite(engine));
}

/** An empty database of its own, migrated, removed after the test. */
export async function openTestDatabase(
  t: TestContext,
  engine: Engine,
  migrations: readonly Migration[] = [],
): Promise<Database> {
  const database = engine === 'sqlite' ? await openTemporarySqlite(t) : await openTemporarySchema(t);
  await migrate(database, migrations);
  return database;
}

/** Whatever ends: a test, or with `after` of `node:test` a file. */
export interface Ending {
  after(run: () => unknown): void;
}

export async function temporaryDirectory(t: Ending): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function openTemporarySqlite(t: TestContext): Promise<Database> {
  const directory = await temporaryDirectory(t);
  const database = await openDatabase({ kind: 'sqlite', file: join(directory, 'state.sqlite') });
  t.after(() => database.close());
  return database;
}

async function openTemporarySchema(t: TestContext): Promise<Database> {
  const schema = `test_${randomLabel(8)}`;
  const database = await openDatabase({ kind: 'postgres', url: postgresUrl ?? '', schema });
  t.after(async () => {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(database.as());
    await database.close();
  });
  return database;
}

import { type Kysely, sql } from 'kysely';
import type { Database, Unit } from './database.ts';
import { findStoreFault } from './store-fault.ts';

/** One step of a module's schema; `name` begins with the module, such as `directory-001-links`. */
export interface Migration {
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

interface MigrationTables {
  schema_migration: { name: string; applied_at: number };
}

/** Any number: taken while migrating, so that two starting processes do not do it at once (PostgreSQL). */
const migrationLock = 7_418_001;

/** Applies what is missing, in the order given, in one unit of work; modules' lists are simply concatenated. */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  const applied = await appliedNames(database);
  if (migrations.every(({ name }) => applied.has(name))) return;
  await database.write((unit) => applyMissing(database, unit, migrations));
}

async function applyMissing(database: Database, unit: Unit, migrations: readonly Migration[]): Promise<void> {
  const db = unit.as<MigrationTables>();
  if (database.engine === 'postgres') await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(db);
  await db.schema
    .createTable('schema_migration')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute();
  const rows = await db.selectFrom('schema_migration').select('name').execute();
  const applied = new Set(rows.map((row) => row.name));
  for (const migration of migrations) {
    if (applied.has(migration.name)) continue;
    await migration.up(unit.as());
    await db
      .insertInto('schema_migration')
      .values({ name: migration.name, applied_at: Date.now() })
      .execute();
  }
}

/**
 * A newer version may have moved what this one would write to.
 *
 * @throws Error where the database has steps that are not among `migrations`.
 */
export async function refuseNewer(database: Database, migrations: readonly Migration[]): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name));
  const applied = await appliedNames(database);
  if ([...applied].every((name) => known.has(name))) return;
  throw new Error(
    'The database was written by a newer version of Hygie: run that version, or put back a backup from before.',
  );
}

async function appliedNames(database: Database): Promise<Set<string>> {
  const db = database.as<MigrationTables>();
  try {
    const rows = await db.selectFrom('schema_migration').select('name').execute();
    return new Set(rows.map((row) => row.name));
  } catch (error) {
    // Without the table nothing was applied yet.
    if (findStoreFault(error)) throw error;
    return new Set();
  }
}

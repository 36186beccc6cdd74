import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { SandboxTables } from '../migrations.ts';
import type { SeedDirectory } from '../ports.ts';
import { type DatedExtract, writeContacts, writeExtracts, writeLinks } from './seed-files.ts';

/** The directory that a sandbox starts with. */
export interface Seed {
  /** Fills the directory at the first start; later ones find that done. */
  plant(): Promise<void>;
  /** Serves the seed's generation again, with its links and contact details alone. */
  restore(): Promise<void>;
}

export interface SeedDependencies {
  database: Database;
  clock: Clock;
  directory: SeedDirectory;
  /** Where the seed's files are written: extracts, correspondence, contact details. */
  files: string;
  /** Rows generated around the sandbox's people; 20,000 unless told. */
  rows?: number | undefined;
}

export function createSeed({ database, clock, directory, files, rows }: SeedDependencies): Seed {
  async function importSmallFiles(): Promise<void> {
    await directory.importLinks(await writeLinks(files));
    await directory.importContacts(await writeContacts(files));
  }
  return {
    async plant() {
      const begun = await findSeed(database);
      // What is served now can be read, or the start says that it cannot.
      if (begun && begun.generation !== null) return void (await directory.asOf());
      // A directory that somebody filled before the first start stays theirs; one half planted is completed.
      if (begun || (await directory.generation()) === 0) {
        await beginSeed(database, clock.now());
        await importMissing(directory, await writeExtracts(files, clock.now(), rows));
      }
      await importSmallFiles();
      const generation = await directory.generation();
      await directory.pinGeneration(generation);
      await recordSeed(database, generation, clock.now());
    },
    async restore() {
      const generation = (await findSeed(database))?.generation;
      if (generation === undefined || generation === null) return;
      await directory.restoreGeneration(generation);
      await importSmallFiles();
    },
  };
}

/** What is older than the directory is in it already: an earlier start was stopped half way. */
async function importMissing(directory: SeedDirectory, extracts: readonly DatedExtract[]): Promise<void> {
  for (const { file, at } of extracts) {
    if (((await directory.asOf()) ?? 0) <= at) await directory.importExtracts([file]);
  }
}

async function findSeed(database: Database): Promise<{ generation: number | null } | undefined> {
  return database.as<SandboxTables>().selectFrom('sandbox_seed').select('generation').executeTakeFirst();
}

function beginSeed(database: Database, at: number): Promise<void> {
  return writeSeed(database, { id: 'seed', generation: null, seeded_at: at });
}

function recordSeed(database: Database, generation: number, at: number): Promise<void> {
  return writeSeed(database, { id: 'seed', generation, seeded_at: at });
}

async function writeSeed(database: Database, row: SandboxTables['sandbox_seed']): Promise<void> {
  await database.write((unit) =>
    unit
      .as<SandboxTables>()
      .insertInto('sandbox_seed')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute(),
  );
}

import { closeSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { createSqliteKysely, openSqlite } from '#platform/database/sqlite.ts';
import { randomLabel } from '#platform/ids.ts';
import type { GenerationBuilder, GenerationStorage, Value } from './generation-storage.ts';
import {
  columnsOf,
  createIndexStatements,
  createTableStatements,
  type GenerationTable,
  generationTableNames,
  keyOf,
} from './schema.ts';

/** Aside and of no use before its fsync: no waiting for the disk while it is built, in one transaction. */
const building = {
  journal_mode: 'MEMORY',
  synchronous: 'OFF',
  locking_mode: 'EXCLUSIVE',
  cache_size: -65_536,
};
const reading = { query_only: 'ON', mmap_size: 1 << 30 };

/** Generations as files `directory-<n>.sqlite`, which never change once they have that name. */
export function createSqliteGenerations(dataDirectory: string): GenerationStorage {
  const fileOf = (generation: number) => join(dataDirectory, `directory-${generation}.sqlite`);

  function ensureEmpty(): void {
    if (existsSync(fileOf(0))) return;
    const draft = createDraft(dataDirectory);
    draft.connection.exec('commit');
    draft.connection.close();
    publishFile(draft.file, fileOf(0), dataDirectory);
  }

  return {
    async build(previous) {
      removeAbandoned(dataDirectory);
      ensureEmpty();
      return createSqliteBuilder(createDraft(dataDirectory, fileOf(previous)), dataDirectory, fileOf);
    },
    async open(generation) {
      if (generation === 0) ensureEmpty();
      if (!existsSync(fileOf(generation))) return undefined;
      return createSqliteKysely(
        openSqlite(immutableUrl(fileOf(generation)), { readOnly: true, pragmas: reading }),
      );
    },
    async remove(generation) {
      rmSync(fileOf(generation), { force: true });
    },
    list: async () => listGenerations(dataDirectory),
    async close() {},
  };
}

/** Spares each read the locks of a file that may change (sqlite.org/uri.html). */
function immutableUrl(file: string): URL {
  return new URL('?mode=ro&immutable=1', pathToFileURL(file));
}

interface Draft {
  file: string;
  connection: DatabaseSync;
}

/**
 * Leaves its transaction open. The process id in the name tells a later import whether the file was abandoned;
 * `previous` is the file of the generation that it follows.
 */
function createDraft(dataDirectory: string, previous?: string): Draft {
  const file = join(dataDirectory, `directory-building-${process.pid}-${randomLabel(5)}.sqlite`);
  const connection = openSqlite(file, { pragmas: building });
  if (previous) connection.prepare('attach ? as previous').run(immutableUrl(previous).href);
  connection.exec('begin');
  for (const statement of createTableStatements('sqlite', 'main')) connection.exec(statement);
  return { file, connection };
}

function createSqliteBuilder(
  { file, connection }: Draft,
  dataDirectory: string,
  fileOf: (generation: number) => string,
): GenerationBuilder {
  const inserts = new Map<GenerationTable, StatementSync>(
    generationTableNames.map((table) => [table, connection.prepare(insertStatement(table))]),
  );
  let open = true;

  async function close(): Promise<void> {
    open = false;
    connection.close();
  }

  return {
    next: 'main',
    previous: 'previous',
    put: (table, values: Value[]) => void inserts.get(table)?.run(...values),
    async drain() {},
    run: async (statement) => connection.exec(statement),
    all: async <Row>(statement: string) => connection.prepare(statement).all() as Row[],
    async publish() {
      for (const statement of createIndexStatements('sqlite', 'main')) connection.exec(statement);
      connection.exec('commit; analyze main');
      await close();
      return publishUnderFreeNumber(file, dataDirectory, fileOf);
    },
    async discard() {
      if (open) await close();
      rmSync(file, { force: true });
    },
  };
}

function insertStatement(table: GenerationTable): string {
  const columns = columnsOf(table);
  const rest = columns.slice(keyOf(table).length);
  const update = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  const conflict = update === '' ? 'do nothing' : `do update set ${update}`;
  const values = columns.map(() => '?').join(', ');
  return `insert into main.${table} (${columns.join(', ')}) values (${values}) on conflict (${keyOf(table).join(', ')}) ${conflict}`;
}

/** A hard link fails where the name is taken, so that two imports never share a number. */
function publishUnderFreeNumber(
  file: string,
  dataDirectory: string,
  fileOf: (generation: number) => string,
): number {
  for (let number = Math.max(...listGenerations(dataDirectory), 0) + 1; ; number++) {
    if (publishFile(file, fileOf(number), dataDirectory)) return number;
  }
}

function publishFile(from: string, to: string, dataDirectory: string): boolean {
  syncToDisk(from);
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  rmSync(from);
  syncToDisk(dataDirectory);
  return true;
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function listGenerations(dataDirectory: string): number[] {
  return readdirSync(dataDirectory).flatMap((name) => {
    const number = /^directory-(\d+)\.sqlite$/.exec(name)?.[1];
    return number ? [Number(number)] : [];
  });
}

function removeAbandoned(dataDirectory: string): void {
  for (const name of readdirSync(dataDirectory)) {
    const pid = /^directory-building-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(dataDirectory, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

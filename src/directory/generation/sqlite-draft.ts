import { rmSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { openSqlite } from '#platform/database/sqlite.ts';
import type { GenerationDraft, Value } from './generation-storage.ts';
import {
  columnsOf,
  createTableStatement,
  type GenerationTable,
  generationTableNames,
  indexesOf,
} from './schema.ts';

/** Aside and of no use before its fsync: no waiting for the disk while it is built, in one transaction. */
const building = {
  journal_mode: 'OFF',
  synchronous: 'OFF',
  locking_mode: 'EXCLUSIVE',
  cache_size: -16_384,
  // Threads that help to sort an index.
  threads: 2,
};

/** Values named by one statement. */
const listLength = 500;

/** Builds the file of a generation, which is a copy of another or is not there yet. `publish` gives it its name. */
export function createSqliteDraft(file: string, isCopy: boolean, publish: () => number): GenerationDraft {
  const connection = openSqlite(file, { pragmas: building });
  connection.exec('begin');
  // A copy of what an older program made may lack some.
  createTables(connection);
  const statements = new Map<string, StatementSync>();
  let open = true;

  function prepare(sql: string): StatementSync {
    const statement = statements.get(sql) ?? connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  function write(verb: 'insert' | 'insert or replace', table: GenerationTable, rows: readonly Value[][]) {
    const columns = columnsOf(table);
    const statement = prepare(
      `${verb} into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows) statement.run(...(row as SQLInputValue[]));
  }

  function close(): void {
    open = false;
    connection.close();
  }

  return {
    isFirst: !isCopy,
    insert: async (table, rows) => write('insert', table, rows),
    replace: async (table, rows) => write('insert or replace', table, rows),
    async select<Row>(table: GenerationTable, column: string, values: readonly Listed[]) {
      const query = (marks: string) => `select * from ${table} where ${column} in (${marks})`;
      return inLists(values).flatMap((list) => prepare(query(marksOf(list))).all(...list) as Row[]);
    },
    all: async <Row>(table: GenerationTable) => prepare(`select * from ${table}`).all() as Row[],
    async distinct(table, column) {
      const rows = prepare(`select distinct ${column} as text from ${table}`).all() as { text: string }[];
      return rows.map(({ text }) => text);
    },
    async remove(table, column, values) {
      for (const list of inLists(values))
        prepare(`delete from ${table} where ${column} in (${marksOf(list)})`).run(...list);
    },
    run: async (statement, values = []) =>
      Number(prepare(statement).run(...(values as SQLInputValue[])).changes),
    async publish(onPart = () => {}) {
      const isComplete = bringIndexes(connection, onPart);
      connection.exec('commit');
      connection.exec(isComplete ? 'pragma optimize' : 'analyze main');
      close();
      return publish();
    },
    async discard() {
      if (open) close();
      rmSync(file, { force: true });
    },
  };
}

function createTables(connection: DatabaseSync): void {
  for (const table of generationTableNames) connection.exec(createTableStatement('sqlite', 'main', table));
}

/**
 * Drops the indexes that an older program made otherwise, and makes those that are missing. Answers whether none was.
 * A sort takes as much memory as the cache may, in each of its threads.
 */
function bringIndexes(connection: DatabaseSync, onPart: (part: number) => void): boolean {
  const query = `select name from sqlite_schema where type = 'index' and sql is not null`;
  const existing = connection.prepare(query).all();
  const old = new Set(existing.map(({ name }) => String(name)));
  const wanted = indexesOf('sqlite', 'main');
  const names = new Set(wanted.map(({ name }) => name));
  for (const name of old.difference(names)) connection.exec(`drop index ${name}`);
  connection.exec('pragma cache_size = -8192');
  const missing = wanted.filter(({ name }) => !old.has(name));
  for (const [at, { statement }] of missing.entries()) {
    connection.exec(statement);
    onPart((at + 1) / missing.length);
  }
  return missing.length === 0;
}

type Listed = number | string;

const marksOf = (list: readonly Listed[]): string => list.map(() => '?').join(', ');

/** Lists of few lengths, so that few statements serve them: the last one is filled up by its first value. */
function inLists(values: readonly Listed[]): Listed[][] {
  const lists: Listed[][] = [];
  for (let at = 0; at < values.length; at += listLength) {
    const list = values.slice(at, at + listLength);
    const length = list.length === 1 ? 1 : listLength;
    lists.push([...list, ...Array<Listed>(length - list.length).fill(list[0] as Listed)]);
  }
  return lists;
}

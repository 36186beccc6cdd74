import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { GenerationDraft, Value } from './generation-storage.ts';
import {
  columnsOf,
  columnTypesOf,
  createIndexStatements,
  type GenerationTable,
  generationTableNames,
  generationTables,
  keyOf,
} from './schema.ts';

/** Rows that are loaded by one COPY: what is gathered for long outlives the young generation, and becomes memory. */
const copyRows = 4_000;

/** Builds the tables of `schema` in a transaction that is open on `client`; the search path leads to them. */
export function createPostgresDraft(
  client: pg.PoolClient,
  schema: string,
  isCopy: boolean,
  number: number,
): GenerationDraft {
  const waiting = new Map<GenerationTable, Value[][]>();
  let open = true;

  /** Few rows at a time are gathered: each COPY has its price. */
  async function insert(table: GenerationTable, rows: readonly Value[][]): Promise<void> {
    const gathered = waiting.get(table) ?? [];
    waiting.set(table, gathered);
    gathered.push(...rows);
    if (gathered.length >= copyRows) await flush(table);
  }

  async function flush(table: GenerationTable): Promise<void> {
    const rows = waiting.get(table) ?? [];
    waiting.delete(table);
    if (rows.length === 0) return;
    // The tables are of this transaction: nobody sees rows that are frozen at once.
    const copy = client.query(
      copyFrom(`copy ${table} (${columnsOf(table).join(', ')}) from stdin with (freeze)`),
    );
    await pipeline(Readable.from(inChunks(rows)), copy);
  }

  async function flushAll(): Promise<void> {
    for (const table of [...waiting.keys()]) await flush(table);
  }

  async function end(statement: 'commit' | 'rollback'): Promise<void> {
    open = false;
    await client.query(statement);
    client.release();
  }

  return {
    isFirst: !isCopy,
    insert,
    async replace(table, rows) {
      await flush(table);
      if (rows.length > 0) await client.query(replaceStatement(table), byColumn(table, rows));
    },
    async select<Row>(table: GenerationTable, column: string, values: readonly (number | string)[]) {
      await flush(table);
      const statement = `select * from ${table} where ${column} = any($1::${typeOf(table, column)}[])`;
      return (await client.query(statement, [values])).rows as Row[];
    },
    async all<Row>(table: GenerationTable) {
      await flush(table);
      return (await client.query(`select * from ${table}`)).rows as Row[];
    },
    async distinct(table, column) {
      await flush(table);
      const { rows } = await client.query<{ text: string }>(
        `select distinct ${column} as text from ${table}`,
      );
      return rows.map(({ text }) => text);
    },
    async remove(table, column, values) {
      await flush(table);
      await client.query(`delete from ${table} where ${column} = any($1::integer[])`, [values]);
    },
    async run(statement, values = []) {
      await flushAll();
      return (await client.query(numbered(statement), [...values])).rowCount ?? 0;
    },
    async publish(onPart = () => {}) {
      await flushAll();
      const statements = isCopy ? [] : createIndexStatements('postgres', schema);
      for (const [at, statement] of statements.entries()) {
        await client.query(statement);
        onPart((at + 1) / statements.length);
      }
      // By name: without one the whole database would be analysed, and locked table by table.
      await client.query(`analyze ${generationTableNames.join(', ')}`);
      await end('commit');
      return number;
    },
    async discard() {
      if (open) await end('rollback');
    },
  };
}

function* inChunks(rows: readonly Value[][]): Generator<string> {
  for (let at = 0; at < rows.length; at += 500)
    yield rows
      .slice(at, at + 500)
      .map(formatLine)
      .join('');
}

/** The text format of COPY (postgresql.org/docs/current/sql-copy.html). */
const formatLine = (row: readonly Value[]): string => `${row.map(formatValue).join('\t')}\n`;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function formatValue(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '');
  return `\\\\x${Buffer.from(value).toString('hex')}`;
}

/** One array a column: one statement for any number of rows. */
const byColumn = (table: GenerationTable, rows: readonly Value[][]) =>
  columnsOf(table).map((_, column) => rows.map((row) => row[column]));

function replaceStatement(table: GenerationTable): string {
  const columns = columnsOf(table);
  const key = keyOf(table);
  const rest = columns.slice(key.length);
  const update = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  const arrays = columnTypesOf(table).map((type, at) => `$${at + 1}::${type === 'blob' ? 'bytea' : type}[]`);
  return `insert into ${table} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')})
    on conflict (${key.join(', ')}) ${rest.length > 0 ? `do update set ${update}` : 'do nothing'}`;
}

const typeOf = (table: GenerationTable, column: string): string =>
  Object.entries(generationTables[table].columns).find(([name]) => name === column)?.[1] ?? 'text';

/** Statements are written with `?`, as SQLite wants them. */
function numbered(statement: string): string {
  let at = 0;
  return statement.replaceAll('?', () => `$${++at}`);
}

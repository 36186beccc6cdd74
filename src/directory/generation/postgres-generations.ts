import type pg from 'pg';
import { createPool, createPostgresKysely } from '#platform/database/postgres.ts';
import { ExtractError } from '../extract/extract-error.ts';
import type { GenerationBuilder, GenerationStorage, Value } from './generation-storage.ts';
import {
  columnsOf,
  columnTypesOf,
  createIndexStatements,
  createTableStatements,
  type GenerationTable,
  keyOf,
} from './schema.ts';

const batchRows = 1000;
/** Connections that read one generation. */
const readers = 4;
/** Any numbers: held by the one import that may run, and while the empty generation is made. */
const importLock = 7_418_002;
const emptyLock = 7_418_003;

/**
 * Generations as schemas `<prefix><n>` of a PostgreSQL server. One is built in one transaction: a killed import
 * leaves nothing.
 */
export function createPostgresGenerations(url: string, prefix = 'directory_'): GenerationStorage {
  const pool = createPool(url, { max: 4 });
  const schemaOf = (generation: number) => `${prefix}${generation}`;

  async function listGenerations(client: pg.Pool | pg.PoolClient): Promise<number[]> {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_namespace where starts_with(nspname, $1) and substr(nspname, $2) ~ '^[0-9]+$'`,
      [prefix, prefix.length + 1],
    );
    return rows.map(({ name }) => Number(name.slice(prefix.length)));
  }

  async function ensureEmpty(client: pg.PoolClient): Promise<void> {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [emptyLock, prefix]);
    const existing = await listGenerations(client);
    if (!existing.includes(0)) await createSchema(client, schemaOf(0));
    await client.query('commit');
  }

  return {
    async build(previous) {
      const client = await pool.connect();
      try {
        await ensureEmpty(client);
        await client.query('begin');
        await takeLock(client, prefix);
        const number = Math.max(...(await listGenerations(client))) + 1;
        await createSchema(client, schemaOf(number));
        return createPostgresBuilder(client, schemaOf(number), schemaOf(previous), number);
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    async open(generation) {
      if (generation === 0) await makeEmpty();
      const existing = await listGenerations(pool);
      if (!existing.includes(generation)) return undefined;
      return createPostgresKysely(createPool(url, { schema: quote(schemaOf(generation)), max: readers }));
    },
    async remove(generation) {
      await pool.query(`drop schema if exists ${quote(schemaOf(generation))} cascade`);
    },
    list: () => listGenerations(pool),
    close: () => pool.end(),
  };

  async function makeEmpty(): Promise<void> {
    const client = await pool.connect();
    try {
      await ensureEmpty(client);
    } finally {
      client.release();
    }
  }
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function takeLock(client: pg.PoolClient, prefix: string): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock($1, hashtext($2)) as taken',
    [importLock, prefix],
  );
  if (!rows[0]?.taken) throw new ExtractError('another import is running: run this one when it has ended');
}

async function createSchema(client: pg.PoolClient, name: string): Promise<void> {
  await client.query(`create schema ${quote(name)}`);
  for (const statement of createTableStatements('postgres', quote(name))) await client.query(statement);
}

function createPostgresBuilder(
  client: pg.PoolClient,
  next: string,
  previous: string,
  number: number,
): GenerationBuilder {
  const batches = new Map<GenerationTable, Map<string, Value[]>>();
  let open = true;

  async function send(table: GenerationTable, rows: Value[][]): Promise<void> {
    if (rows.length === 0) return;
    const columns = columnsOf(table);
    await client.query(
      insertStatement(quote(next), table),
      columns.map((_, index) => rows.map((row) => row[index])),
    );
  }

  async function drain(fewest: number): Promise<void> {
    for (const [table, batch] of batches) {
      if (batch.size < fewest) continue;
      batches.delete(table);
      await send(table, [...batch.values()]);
    }
  }

  async function end(statement: 'commit' | 'rollback'): Promise<void> {
    open = false;
    await client.query(statement);
    client.release();
  }

  return {
    next: quote(next),
    previous: quote(previous),
    put(table, values) {
      const batch = batches.get(table) ?? new Map<string, Value[]>();
      batches.set(table, batch);
      // One statement may touch a row only once.
      batch.set(values.slice(0, keyOf(table).length).join('\u001f'), values);
    },
    drain: () => drain(batchRows),
    async run(statement) {
      await drain(1);
      await client.query(statement);
    },
    async all<Row>(statement: string) {
      await drain(1);
      return (await client.query(statement)).rows as Row[];
    },
    async publish() {
      await drain(1);
      for (const statement of createIndexStatements('postgres', quote(next))) await client.query(statement);
      await end('commit');
      return number;
    },
    async discard() {
      if (open) await end('rollback');
    },
  };
}

function insertStatement(schema: string, table: GenerationTable): string {
  const columns = columnsOf(table);
  const rest = columns.slice(keyOf(table).length);
  const update = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  const conflict = update === '' ? 'do nothing' : `do update set ${update}`;
  const arrays = columnTypesOf(table).map((type, index) => `$${index + 1}::${type}[]`);
  return `insert into ${schema}.${table} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')}) on conflict (${keyOf(table).join(', ')}) ${conflict}`;
}

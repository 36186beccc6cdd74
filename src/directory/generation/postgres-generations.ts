import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { createPool, createPostgresKysely } from '#platform/database/postgres.ts';
import { ExtractError } from '../extract/extract-error.ts';
import { anotherRuns, type GenerationStorage } from './generation-storage.ts';
import { createPostgresDraft } from './postgres-draft.ts';
import { createIndexStatements, createTableStatement, generationTableNames } from './schema.ts';

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
    async lock() {
      const client = await pool.connect();
      try {
        await takeLock(client, prefix);
        return { [Symbol.asyncDispose]: () => releaseLock(client, prefix) };
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    async draft(previous, above) {
      const client = await pool.connect();
      try {
        await ensureEmpty(client);
        await client.query(noticeDeath);
        await client.query(`set maintenance_work_mem = '256MB'`);
        await client.query('begin');
        const number = Math.max(...(await listGenerations(client)), above) + 1;
        const schema = quote(schemaOf(number));
        await createSchema(client, schemaOf(number));
        if (previous > 0) await copyTables(client, quote(schemaOf(previous)), schema);
        await client.query(`set local search_path = ${schema}`);
        return createPostgresDraft(client, schema, previous > 0, number);
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    async readState(generation, name) {
      if (generation === 0) return undefined;
      const table = `${quote(schemaOf(generation))}.import_state`;
      const { rows } = await pool.query<{ data: Buffer }>(`select data from ${table} where name = $1`, [
        name,
      ]);
      return rows[0]?.data;
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

/** How long the server may take to notice that an import before was killed. */
const patienceMs = 5_000;

/** The server looks whether its client lives while it works, from PostgreSQL 14 on. */
const noticeDeath = `select set_config(name, '1s', false) from pg_settings where name = 'client_connection_check_interval'`;

/** Held by the session, beyond the transaction of a draft. */
async function takeLock(client: pg.PoolClient, prefix: string): Promise<void> {
  for (const until = performance.now() + patienceMs; ; await pause(100)) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as taken',
      [importLock, prefix],
    );
    if (rows[0]?.taken) return;
    if (performance.now() > until) throw new ExtractError(anotherRuns);
  }
}

async function releaseLock(client: pg.PoolClient, prefix: string): Promise<void> {
  await client.query('select pg_advisory_unlock($1, hashtext($2))', [importLock, prefix]);
  client.release();
}

async function createSchema(client: pg.PoolClient, name: string): Promise<void> {
  await client.query(`create schema ${quote(name)}`);
  for (const table of generationTableNames) {
    await client.query(createTableStatement('postgres', quote(name), table));
  }
}

async function copyTables(client: pg.PoolClient, from: string, to: string): Promise<void> {
  for (const table of generationTableNames) {
    // What an older program made may lack some.
    const { rows } = await client.query('select to_regclass($1) as found', [`${from}.${table}`]);
    if (rows[0]?.found === null) continue;
    await client.query(`insert into ${to}.${table} select * from ${from}.${table}`);
  }
  for (const statement of createIndexStatements('postgres', to)) await client.query(statement);
}

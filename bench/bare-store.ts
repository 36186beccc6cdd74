import { DatabaseSync, type StatementSync } from 'node:sqlite';
import pg from 'pg';

/** One statement; the row that it returned, if any. Parameters are `?1`, `?2`… in the text. */
export type Run = (sql: string, ...values: (string | number | null)[]) => Promise<Row | undefined>;
export type Row = Record<string, string | number | null>;

/** As little as durable storage takes: prepared statements, and one commit for all that is written in two turns. */
export interface BareStore {
  read: Run;
  /** Resolves after the commit. */
  write<T>(work: (run: Run) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const schema = `
  create table sign_in (id text primary key, params text not null, verification text, expires_at bigint not null);
  create table attempt (code_hash text primary key, sign_in_id text not null, verification text not null,
    consumed_at bigint, expires_at bigint not null);
  create table session (id_hash text primary key, uid text not null, verification text not null,
    expires_at bigint not null);
  create table code (code_hash text primary key, session text not null, params text not null, consumed_at bigint,
    expires_at bigint not null);
  create table token (id_hash text primary key, session text not null, scope text not null, expires_at bigint not null);
  create table claims (subject text primary key, document text not null);
  create index session_uid on session (uid);`;

export async function openBareSqlite(file: string): Promise<BareStore> {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
  db.exec(schema);
  const statements = new Map<string, StatementSync>();
  const run: Run = async (sql, ...values) => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement.get(...values) as Row | undefined;
  };
  let committed: Promise<void> | undefined;
  const begin = () => {
    db.exec('BEGIN IMMEDIATE');
    return new Promise<void>((resolve) => {
      const commit = () => {
        committed = undefined;
        db.exec('COMMIT');
        resolve();
      };
      setImmediate(() => setImmediate(commit));
    });
  };
  return {
    read: run,
    async write(work) {
      committed ??= begin();
      const group = committed;
      const result = await work(run);
      await group;
      return result;
    },
    close: async () => db.close(),
  };
}

export async function openBarePostgres(url: string): Promise<BareStore> {
  const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c search_path=bare' });
  await pool.query(`drop schema if exists bare cascade; create schema bare; ${schema}`);
  const names = new Map<string, { name: string; text: string }>();
  const named = (sql: string) => {
    const known = names.get(sql) ?? { name: `s${names.size}`, text: sql.replaceAll('?', '$') };
    names.set(sql, known);
    return known;
  };
  const runOn =
    (client: pg.Pool | pg.PoolClient): Run =>
    async (sql, ...values) =>
      (await client.query({ ...named(sql), values })).rows[0];
  return {
    read: runOn(pool),
    async write(work) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(runOn(client));
        await client.query('commit');
        return result;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

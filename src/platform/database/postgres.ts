import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database, Unit } from './database.ts';

/** Texts kept as named statements on each connection; rarer ones are sent unnamed. */
const namedStatements = 400;

/** A unit that the server ended to untie a deadlock is run again: nothing of it was kept. */
const deadlockAttempts = 8;

/** Those that have lost once run one after another: they cannot lose to each other again. */
const lockOfLosers = sql`select pg_advisory_xact_lock(hashtextextended(current_schema(), 0))`;

/** A server that does not answer is said so, in place of a page that never comes. */
const connectionTimeoutMs = 5_000;

/** 64-bit integers are instants and counts, all below 2^53: numbers, as SQLite gives them. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format ?? 'text')) as typeof pg.types.getTypeParser,
};

/** A client that gives each text a name, so that the server plans it once a connection. */
class NamedStatementClient extends pg.Client {
  static readonly #names = new Map<string, string>();

  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given;
    const query =
      typeof text === 'string' && Array.isArray(values) ? NamedStatementClient.#named(text, values) : text;
    const args = query === text ? given : [query, ...rest];
    return (super.query as (...args: unknown[]) => never).apply(this, args);
  }

  static #named(text: string, values: unknown[]): { name?: string; text: string; values: unknown[] } {
    const names = NamedStatementClient.#names;
    let name = names.get(text);
    if (!name && names.size < namedStatements) {
      name = `s${names.size}`;
      names.set(text, name);
    }
    const storable = values.map(withoutNul);
    return name ? { name, text, values: storable } : { text, values: storable };
  }
}

/** PostgreSQL's text holds no NUL: a value with one is refused, where it should only be found nowhere. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

export function createPool(url: string, options: { schema?: string; max?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: options.max ?? 10,
    connectionTimeoutMillis: connectionTimeoutMs,
    Client: NamedStatementClient,
    ...(options.schema ? { options: `-c search_path=${options.schema}` } : {}),
  });
  // An idle connection that the server closed is replaced at the next use.
  pool.on('error', () => {});
  // One that breaks in a transaction, between two queries, fails the next of them; unheard it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

export function createPostgresKysely<Tables>(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** The state database on a PostgreSQL server, for any number of serving processes. */
export class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly #kysely: Kysely<unknown>;

  private constructor(pool: pg.Pool) {
    this.#kysely = createPostgresKysely(pool);
  }

  /** `schema` is created where it does not exist. */
  static async open(url: string, schema?: string): Promise<PostgresDatabase> {
    const database = new PostgresDatabase(createPool(url, schema ? { schema } : {}));
    if (schema) await sql`create schema if not exists ${sql.id(schema)}`.execute(database.#kysely);
    return database;
  }

  as<Tables>(): Kysely<Tables> {
    return this.#kysely as Kysely<Tables>;
  }

  /** Connections share the server's cache: there is nothing to gain. */
  latest<Tables>(): Kysely<Tables> {
    return this.as<Tables>();
  }

  async write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#writeOnce(work, attempt > 1);
      } catch (error) {
        if (!lostToAnother(error) || attempt === deadlockAttempts) throw error;
      }
    }
  }

  async #writeOnce<T>(work: (unit: Unit) => Promise<T>, hasLost: boolean): Promise<T> {
    const afterCommit: (() => void)[] = [];
    const result = await this.#kysely.transaction().execute(async (transaction) => {
      if (hasLost) await lockOfLosers.execute(transaction);
      return work({
        as: <Tables>() => transaction as unknown as Kysely<Tables>,
        afterCommit: (run) => void afterCommit.push(run),
      });
    });
    for (const run of afterCommit) run();
    return result;
  }

  async purge(): Promise<void> {}

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }
}

/** The server ended this transaction in favour of another: deadlock_detected, serialization_failure. */
function lostToAnother(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001');
}

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  type Compilable,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** Statements kept ready per connection: preparing one costs more than running it. */
const preparedStatements = 500;

export interface SqliteOptions {
  readOnly?: boolean;
  /** Run once after opening, such as `{ journal_mode: 'WAL' }`. */
  pragmas?: Record<string, string | number>;
}

/**
 * Opens a file; a lock held by another process is reported at once (SQLITE_BUSY), never waited for. A `file:` URL may
 * carry parameters (sqlite.org/uri.html).
 */
export function openSqlite(
  file: string | URL,
  { readOnly = false, pragmas = {} }: SqliteOptions = {},
): DatabaseSync {
  const connection = new DatabaseSync(file, { readOnly, timeout: 0 });
  try {
    for (const [name, value] of Object.entries(pragmas)) connection.exec(`PRAGMA ${name} = ${value}`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Kysely over one `node:sqlite` connection; whoever shares the connection orders its own transactions. */
export function createSqliteKysely<Tables>(connection: DatabaseSync): Kysely<Tables> {
  return new SqliteKysely<Tables>(connection);
}

/** A query that was compiled before goes straight to its statement: Kysely's layers cost more than a point read. */
class SqliteKysely<Tables> extends Kysely<Tables> {
  readonly #sqlite: DatabaseSync;
  readonly #connection: NodeSqliteConnection;

  constructor(sqlite: DatabaseSync) {
    const connection = new NodeSqliteConnection(sqlite);
    super({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new NodeSqliteDriver(sqlite, connection),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
    this.#sqlite = sqlite;
    this.#connection = connection;
  }

  /** Kysely itself ends a driver only where a query went through it. */
  override async destroy(): Promise<void> {
    await super.destroy();
    if (this.#sqlite.isOpen) this.#sqlite.close();
  }

  override executeQuery<Row>(query: CompiledQuery<Row> | Compilable<Row>): Promise<QueryResult<Row>> {
    return this.#connection.executeQuery('compile' in query ? query.compile() : query);
  }
}

interface Prepared {
  statement: StatementSync;
  returnsRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #connection: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, returnsRows } = this.#prepare(sql);
    const values = parameters as SQLInputValue[];
    if (returnsRows) return { rows: statement.all(...values) as Row[] };
    const { changes } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    const rows = this.#prepare(sql).statement.iterate(...(parameters as SQLInputValue[]));
    for (const row of rows) yield { rows: [row as Row] };
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0 };
    if (this.#prepared.size >= preparedStatements) this.#prepared.clear();
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #sqlite: DatabaseSync;
  readonly #connection: NodeSqliteConnection;

  constructor(sqlite: DatabaseSync, connection: NodeSqliteConnection) {
    this.#sqlite = sqlite;
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    this.#sqlite.exec('BEGIN IMMEDIATE');
  }

  async commitTransaction(): Promise<void> {
    this.#sqlite.exec('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    this.#sqlite.exec('ROLLBACK');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

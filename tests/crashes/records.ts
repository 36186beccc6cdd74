import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { createPool, createPostgresKysely } from '#platform/database/postgres.ts';
import { createSqliteKysely, openSqlite } from '#platform/database/sqlite.ts';
import type { MortalServer } from './mortal-server.ts';

/** What the tables hold, read beside the server. */
export interface Records extends AsyncDisposable {
  /** The first column of the rows. */
  list(query: string): Promise<string[]>;
  count(query: string): Promise<number>;
}

export function readRecords({ engine, databaseUrl = '', dataDir }: MortalServer): Records {
  const db: Kysely<unknown> =
    engine === 'sqlite'
      ? createSqliteKysely(openSqlite(join(dataDir, 'state.sqlite'), { readOnly: true }))
      : createPostgresKysely(createPool(databaseUrl, { max: 1 }));
  const list = async (query: string) => {
    const { rows } = await sql.raw<Record<string, unknown>>(query).execute(db);
    return rows.map((row) => String(Object.values(row)[0]));
  };
  return {
    list,
    count: async (query) => (await list(query)).length,
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

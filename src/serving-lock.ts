import { join } from 'node:path';
import type { Config } from '#config';
import { openSqlite } from '#platform/database/sqlite.ts';
import { findStoreFault } from '#platform/database/store-fault.ts';

/**
 * Holds a data directory for this process until it ends, however it ends: two processes that serve from one SQLite
 * file would freeze each other's event loop.
 *
 * @throws Error where another process serves from it.
 */
export function holdDataDirectory({ dataDir, database }: Config): Disposable {
  if (database.kind !== 'sqlite') return { [Symbol.dispose]() {} };
  const lock = openSqlite(join(dataDir, 'serving.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (findStoreFault(error) !== 'busy') throw error;
    throw new Error(
      'Another process already serves from this data directory; stop it, choose another HYGIE_DATA_DIR, or use PostgreSQL (HYGIE_DATABASE_URL).',
    );
  }
  return { [Symbol.dispose]: () => lock.close() };
}

import type { Database } from './database.ts';

export type DatabaseLocation =
  | { kind: 'sqlite'; file: string }
  | { kind: 'postgres'; url: string; schema?: string };

/** Opens the state database; the engine that is not used is not loaded. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  if (location.kind === 'sqlite') {
    const { SqliteDatabase } = await import('./sqlite-database.ts');
    return new SqliteDatabase(location.file);
  }
  const { PostgresDatabase } = await import('./postgres.ts');
  return PostgresDatabase.open(location.url, location.schema);
}

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Rows of each table of a server's state: what a request that came to nothing leaves as it was. */
export function countRows(dataDir: string): Record<string, number> {
  using database = new DatabaseSync(join(dataDir, 'state.sqlite'), { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const count = (name: unknown) => Number(database.prepare(`select count(*) n from "${name}"`).get()?.n);
  return Object.fromEntries(tables.map(({ name }) => [String(name), count(name)]));
}

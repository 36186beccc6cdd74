import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';

/** Rows of each table of a server's state: what a request that came to nothing leaves as it was. */
export function countRows(dataDir: string): Record<string, number> {
  using database = new DatabaseSync(join(dataDir, 'state.sqlite'), { readOnly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  const count = (name: unknown) => Number(database.prepare(`select count(*) n from "${name}"`).get()?.n);
  return Object.fromEntries(tables.map(({ name }) => [String(name), count(name)]));
}

/** The same once no job is under way: what a request has caused is done. */
export async function countRestingRows(dataDir: string): Promise<Record<string, number>> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const rows = countRows(dataDir);
    if (rows.job === 0 || Date.now() > deadline) return rows;
    await setTimeout(20);
  }
}

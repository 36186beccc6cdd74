import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** Counts the COMMITs of this process from now on, on either engine. */
export function countCommits(): () => number {
  let commits = 0;
  const note = (query: unknown) => {
    const sql = typeof query === 'object' && query && 'text' in query ? query.text : query;
    if (typeof sql === 'string' && /^commit$/i.test(sql)) commits += 1;
  };
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    note(sql);
    return exec.call(this, sql);
  };
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    note(given[0]);
    return (query as (...args: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  return () => commits;
}

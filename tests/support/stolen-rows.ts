import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** Every cell of every table as text, by table. */
export type Rows = Map<string, string[]>;

/**
 * Kept by purpose: a sandbox's outbox holds mails and SMS, its own tables the keys of invented people and clients.
 * The directory's rows are what everybody may read.
 */
const leftOut = /^(outbox_message|sandbox_|schema_migration)/;

export function readSqliteRows(copy: string): Rows {
  const database = new DatabaseSync(join(copy, 'state.sqlite'), { readOnly: true });
  const names = database.prepare("select name from sqlite_schema where type = 'table'").all();
  const rows = names.map(
    ({ name }) => [String(name), database.prepare(`select * from ${name}`).all()] as const,
  );
  database.close();
  return toCells(rows);
}

export async function readPostgresRows(url: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const text = "select tablename from pg_tables where schemaname = 'public'";
  const { rows: names } = await client.query<{ tablename: string }>(text);
  const rows: [string, Record<string, unknown>[]][] = [];
  for (const { tablename } of names)
    rows.push([tablename, (await client.query(`select * from ${tablename}`)).rows]);
  await client.end();
  return toCells(rows);
}

function toCells(tables: readonly (readonly [string, Record<string, unknown>[]])[]): Rows {
  const kept = tables.filter(([name]) => !leftOut.test(name));
  return new Map(kept.map(([name, rows]) => [name, rows.flatMap((row) => Object.values(row).map(String))]));
}

/** Texts long enough to be a secret, those inside of JSON too. */
export function listCandidates(rows: Rows): string[] {
  const found = new Set<string>();
  for (const [table, cells] of rows)
    if (!table.startsWith('directory_')) for (const cell of cells) addTexts(found, cell);
  return [...found];
}

function addTexts(found: Set<string>, cell: string): void {
  if (cell.length >= 20 && !/[\s{]/.test(cell)) found.add(cell);
  if (!cell.startsWith('{')) return;
  JSON.parse(cell, (_, value: unknown) => {
    if (typeof value === 'string') addTexts(found, value);
    return value;
  });
}

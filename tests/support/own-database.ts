import pg from 'pg';
import { randomLabel } from '#platform/ids.ts';

/** A whole database of a PostgreSQL server, as HYGIE_DATABASE_URL names one. */
export interface OwnDatabase {
  name: string;
  url: string;
  /** Whoever is still connected is cut off. */
  drop(): Promise<void>;
}

/** An empty one, or a copy of the database `template`, which nobody may be connected to. */
export async function createOwnDatabase(serverUrl: string, template = 'template0'): Promise<OwnDatabase> {
  const name = `hygie_${randomLabel(8)}`;
  await run(serverUrl, `create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => run(serverUrl, `drop database ${name} with (force)`) };
}

async function run(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

import { type Kysely, sql } from 'kysely';
import { unpackBody } from '../generation/pack-body.ts';
import type { GenerationTables } from '../generation/tables.ts';
import { type IdentifiedTable, parseId } from '../technical-id.ts';

/** What a resource was before imports changed it, newest first: bodies as they were served. */
export function createPastVersions(db: Kysely<GenerationTables>) {
  let isKept = false;
  return async (table: IdentifiedTable, id: string): Promise<unknown[]> => {
    isKept ||= await hasHistory(db);
    if (!isKept) return [];
    const { rows } = await sql<{ body: Uint8Array }>`
      select body from history where resource = ${table}
        and n = (select n from ${sql.table(table)} where id = ${parseId(table, id)})
      order by version_id desc`.execute(db);
    return rows.map(({ body }) => unpackBody(body));
  };
}

/** A generation that an older program made has no such table, until the next import. */
async function hasHistory(db: Kysely<GenerationTables>): Promise<boolean> {
  try {
    await sql`select 1 from history limit 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}

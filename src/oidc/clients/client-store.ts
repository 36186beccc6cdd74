import type { ClientMetadata } from 'oidc-provider';
import type { Database, Unit } from '#platform/database/database.ts';
import type { OidcTables } from '../migrations.ts';

export type ClientStore = ReturnType<typeof createClientStore>;

/** Services that an operator added, or that registered themselves: as `toStored` gives them. */
export function createClientStore(database: Database) {
  const db = () => database.as<OidcTables>();
  return {
    async find(clientId: string): Promise<ClientMetadata | undefined> {
      const row = await db()
        .selectFrom('oidc_client')
        .select('metadata')
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return row && (JSON.parse(row.metadata) as ClientMetadata);
    },

    /** By their ids. */
    async list(): Promise<{ metadata: ClientMetadata; createdAt: number }[]> {
      const rows = await db().selectFrom('oidc_client').selectAll().orderBy('client_id').execute();
      return rows.map((row) => ({ metadata: JSON.parse(row.metadata), createdAt: row.created_at }));
    },

    /** False where there is one of this id. */
    async create(unit: Unit, metadata: ClientMetadata, at: number): Promise<boolean> {
      const row = await unit
        .as<OidcTables>()
        .insertInto('oidc_client')
        .values({ client_id: metadata.client_id, metadata: JSON.stringify(metadata), created_at: at })
        .onConflict((conflict) => conflict.column('client_id').doNothing())
        .returning('client_id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** False where there was none. */
    async delete(unit: Unit, clientId: string): Promise<boolean> {
      const row = await unit
        .as<OidcTables>()
        .deleteFrom('oidc_client')
        .where('client_id', '=', clientId)
        .returning('client_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

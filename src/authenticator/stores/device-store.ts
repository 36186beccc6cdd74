import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { AuthenticatorTables } from '../schema.ts';
import type { PublicKeyJwk } from '../wire.ts';
import { publicKeyJwk } from '../wire-schemas.ts';

export type DeviceStore = ReturnType<typeof createDeviceStore>;

/** The phones that ever asked for something, by the thumbprint of their K_dev. */
export function createDeviceStore(database: Database) {
  const queries = prepareQueries(database);
  return {
    async find(thumbprint: string): Promise<PublicKeyJwk | undefined> {
      const [row] = await queries.find(database.as(), thumbprint);
      return row && publicKeyJwk.parse(JSON.parse(row.public_key));
    },

    async put(
      unit: Unit,
      device: { thumbprint: string; publicKey: PublicKeyJwk; at: number },
    ): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .insertInto('authenticator_device')
        .values({
          thumbprint: device.thumbprint,
          public_key: JSON.stringify(device.publicKey),
          created_at: device.at,
        })
        .onConflict((conflict) => conflict.column('thumbprint').doNothing())
        .execute();
    },

    /** Remembers a signed call; false where it was made before. Of two concurrent ones one is true. */
    async recordProof(unit: Unit, id: string, expiresAt: number): Promise<boolean> {
      const rows = await queries.recordProof(unit.as(), id, expiresAt);
      return rows.length > 0;
    },

    async deleteProofs(unit: Unit, before: number): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .deleteFrom('authenticator_proof')
        .where('expires_at', '<', before)
        .execute();
    },
  };
}

/** The queries of each signed call; the samples show their shape, values come with each call. */
function prepareQueries(database: Database) {
  const db = database.as<AuthenticatorTables>();
  return {
    find: prepare(db.selectFrom('authenticator_device').select('public_key').where('thumbprint', '=', '')),
    recordProof: prepare(
      db
        .insertInto('authenticator_proof')
        .values({ id: '', expires_at: 0 })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id'),
    ),
  };
}

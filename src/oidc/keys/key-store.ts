import type { JWK } from 'jose';
import type { Database, Unit } from '#platform/database/database.ts';
import type { Sealing } from '#platform/sealing/sealing.ts';
import type { OidcTables } from '../migrations.ts';

/** A key that signs tokens, with the instants (milliseconds) that say when it is used for what. */
export interface SigningKey {
  /** Private, with `kid` and `alg`. */
  jwk: JWK & { kid: string; alg: string };
  /** 1 is the first of its algorithm. */
  generation: number;
  createdAt: number;
  signsFrom: number;
  /** From then on it is not published; null while it is the newest of its algorithm. */
  retiresAt: number | null;
}

export type KeyStore = ReturnType<typeof createKeyStore>;

/** Keys at rest are sealed: the database and its backups hold none in clear. */
export function createKeyStore(database: Database, sealing: Sealing) {
  return {
    /** Those that are not retired, the oldest first. @throws UnsealingError */
    async list(now: number): Promise<SigningKey[]> {
      const rows = await database
        .as<OidcTables>()
        .selectFrom('oidc_key')
        .selectAll()
        .where((is) => is.or([is('retires_at', 'is', null), is('retires_at', '>', now)]))
        .orderBy('generation')
        .execute();
      return rows.map((row) => ({
        jwk: sealing.open(row.kid, row.sealed_jwk) as SigningKey['jwk'],
        generation: row.generation,
        createdAt: row.created_at,
        signsFrom: row.signs_from,
        retiresAt: row.retires_at,
      }));
    },

    /** False where another process has made the key of this generation. */
    async create(unit: Unit, { jwk, generation, createdAt, signsFrom }: Omit<SigningKey, 'retiresAt'>) {
      const row = {
        alg: jwk.alg,
        generation,
        kid: jwk.kid,
        sealed_jwk: sealing.seal(jwk.kid, jwk),
        created_at: createdAt,
        signs_from: signsFrom,
        retires_at: null,
      };
      const created = await unit
        .as<OidcTables>()
        .insertInto('oidc_key')
        .values(row)
        .onConflict((conflict) => conflict.columns(['alg', 'generation']).doNothing())
        .returning('kid')
        .executeTakeFirst();
      return created !== undefined;
    },

    /** Earlier keys of the same algorithm leave then, unless they leave sooner. */
    async retireBefore(unit: Unit, alg: string, generation: number, at: number): Promise<void> {
      await unit
        .as<OidcTables>()
        .updateTable('oidc_key')
        .set({ retires_at: at })
        .where('alg', '=', alg)
        .where('generation', '<', generation)
        .where((is) => is.or([is('retires_at', 'is', null), is('retires_at', '>', at)]))
        .execute();
    },

    /** Deletes what has left. */
    async sweep(unit: Unit, now: number): Promise<void> {
      await unit.as<OidcTables>().deleteFrom('oidc_key').where('retires_at', '<=', now).execute();
    },
  };
}

import type { Unit } from '#platform/database/database.ts';
import type { RelyingPartyTables } from './schema.ts';

/** One authorization request that a browser was sent away with. */
export interface Login {
  idHash: string;
  secretHash: string;
  /** Path on this site where the person wanted to go. */
  returnTo: string;
  /** Path on this site for whom the issuer does not sign in. */
  deniedTo: string | null;
  /** Instant, milliseconds. */
  expiresAt: number;
}

export type LoginStore = ReturnType<typeof createLoginStore>;

export function createLoginStore(party: string) {
  return {
    /** Also drops what has expired by `now`. */
    async create(unit: Unit, login: Login, now: number): Promise<void> {
      const db = unit.as<RelyingPartyTables>();
      await db.deleteFrom('relying_party_login').where('expires_at', '<=', now).execute();
      await db
        .insertInto('relying_party_login')
        .values({
          id_hash: login.idHash,
          party,
          secret_hash: login.secretHash,
          return_to: login.returnTo,
          denied_to: login.deniedTo,
          expires_at: login.expiresAt,
        })
        .execute();
    },

    /**
     * Gives a login to the browser that holds its secret, once: of two concurrent calls one gets it. Another
     * browser's attempt leaves it where it is.
     */
    async consume(
      unit: Unit,
      key: Pick<Login, 'idHash' | 'secretHash'>,
      now: number,
    ): Promise<Pick<Login, 'returnTo' | 'deniedTo'> | undefined> {
      const row = await unit
        .as<RelyingPartyTables>()
        .deleteFrom('relying_party_login')
        .where('id_hash', '=', key.idHash)
        .where('secret_hash', '=', key.secretHash)
        .where('party', '=', party)
        .where('expires_at', '>', now)
        .returning(['return_to', 'denied_to'])
        .executeTakeFirst();
      return row && { returnTo: row.return_to, deniedTo: row.denied_to };
    },
  };
}

import { formatIdNatPs, type NationalId } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import type { AuthenticatorTables } from '../schema.ts';

export type BrowserStore = ReturnType<typeof createBrowserStore>;

/** Browsers that persons have signed in with, and browsers that must not ask for a while; hashes of cookies. */
export function createBrowserStore(database: Database) {
  return {
    async remember(unit: Unit, nationalId: NationalId, browserHash: string, now: number): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .insertInto('authenticator_known_browser')
        .values({ national_id: formatIdNatPs(nationalId), browser_hash: browserHash, used_at: now })
        .onConflict((conflict) =>
          conflict.columns(['national_id', 'browser_hash']).doUpdateSet({ used_at: now }),
        )
        .execute();
    },

    async isKnown(nationalId: NationalId, browserHash: string, usedAfter: number): Promise<boolean> {
      const row = await database
        .as<AuthenticatorTables>()
        .selectFrom('authenticator_known_browser')
        .select('used_at')
        .where('national_id', '=', formatIdNatPs(nationalId))
        .where('browser_hash', '=', browserHash)
        .where('used_at', '>', usedAfter)
        .executeTakeFirst();
      return row !== undefined;
    },

    async block(unit: Unit, browserHash: string, until: number): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .insertInto('authenticator_blocked_browser')
        .values({ browser_hash: browserHash, blocked_until: until })
        .onConflict((conflict) => conflict.column('browser_hash').doUpdateSet({ blocked_until: until }))
        .execute();
    },

    /** Until when; `undefined` where it may ask. */
    async findBlock(browserHash: string, now: number): Promise<number | undefined> {
      const row = await database
        .as<AuthenticatorTables>()
        .selectFrom('authenticator_blocked_browser')
        .select('blocked_until')
        .where('browser_hash', '=', browserHash)
        .where('blocked_until', '>', now)
        .executeTakeFirst();
      return row?.blocked_until;
    },

    async deleteExpired(unit: Unit, now: number, usedBefore: number): Promise<void> {
      const db = unit.as<AuthenticatorTables>();
      await db.deleteFrom('authenticator_blocked_browser').where('blocked_until', '<=', now).execute();
      await db.deleteFrom('authenticator_known_browser').where('used_at', '<', usedBefore).execute();
    },
  };
}

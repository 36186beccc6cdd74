import { formatIdNatPs, type NationalId } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { AuthenticatorTables } from '../schema.ts';

export type BrowserStore = ReturnType<typeof createBrowserStore>;

/** Browsers that persons have signed in with, and browsers that must not ask for a while; hashes of cookies. */
export function createBrowserStore(database: Database) {
  const queries = prepareQueries(database);
  return {
    async remember(unit: Unit, nationalId: NationalId, browserHash: string, now: number): Promise<void> {
      await queries.remember(unit.as(), formatIdNatPs(nationalId), browserHash, now);
    },

    async isKnown(nationalId: NationalId, browserHash: string, usedAfter: number): Promise<boolean> {
      const rows = await queries.findKnown(database.as(), formatIdNatPs(nationalId), browserHash, usedAfter);
      return rows.length > 0;
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
      const [row] = await queries.findBlock(database.as(), browserHash, now);
      return row?.blocked_until;
    },

    async deleteExpired(unit: Unit, now: number, usedBefore: number): Promise<void> {
      const db = unit.as<AuthenticatorTables>();
      await db.deleteFrom('authenticator_blocked_browser').where('blocked_until', '<=', now).execute();
      await db.deleteFrom('authenticator_known_browser').where('used_at', '<', usedBefore).execute();
    },
  };
}

/** The queries of each sign-in; the samples show their shape, values come with each call. */
function prepareQueries(database: Database) {
  const db = database.as<AuthenticatorTables>();
  return {
    remember: prepare(
      db
        .insertInto('authenticator_known_browser')
        .values({ national_id: '', browser_hash: '', used_at: 0 })
        .onConflict((conflict) =>
          conflict
            .columns(['national_id', 'browser_hash'])
            .doUpdateSet({ used_at: (row) => row.ref('excluded.used_at') }),
        ),
    ),
    findKnown: prepare(
      db
        .selectFrom('authenticator_known_browser')
        .select('used_at')
        .where('national_id', '=', '')
        .where('browser_hash', '=', '')
        .where('used_at', '>', 0),
    ),
    findBlock: prepare(
      db
        .selectFrom('authenticator_blocked_browser')
        .select('blocked_until')
        .where('browser_hash', '=', '')
        .where('blocked_until', '>', 0),
    ),
  };
}

import type { Database, Unit } from '#platform/database/database.ts';
import { sessionIdleMs, sessionLifetimeMs } from './policy.ts';
import type { RelyingPartyTables } from './schema.ts';

/** A person signed in to one relying party. */
export interface Session {
  idHash: string;
  /** The provider's session, where its ID token names one. */
  sid: string | null;
  sub: string;
  /** Userinfo as the issuer gave it; whoever uses it parses it. */
  claims: Readonly<Record<string, unknown>>;
  /** Instants, milliseconds. */
  createdAt: number;
  lastSeenAt: number;
}

export interface NewSession {
  idHash: string;
  sid: string | null;
  sub: string;
  claims: Readonly<Record<string, unknown>>;
  sealedIdToken: string;
}

const columns = ['id_hash', 'sid', 'sub', 'claims', 'created_at', 'last_seen_at'] as const;
type Row = Pick<RelyingPartyTables['relying_party_session'], (typeof columns)[number]>;

export type SessionStore = ReturnType<typeof createSessionStore>;

export function createSessionStore(database: Database, party: string) {
  return {
    /** Also drops what has expired by `now`. */
    async create(unit: Unit, session: NewSession, now: number): Promise<void> {
      const db = unit.as<RelyingPartyTables>();
      await db.deleteFrom('relying_party_session').where('expires_at', '<=', now).execute();
      await db
        .insertInto('relying_party_session')
        .values({
          id_hash: session.idHash,
          party,
          sid: session.sid,
          sub: session.sub,
          claims: JSON.stringify(session.claims),
          id_token: session.sealedIdToken,
          created_at: now,
          last_seen_at: now,
          expires_at: now + sessionLifetimeMs,
        })
        .execute();
    },

    /** Neither expired nor idle for too long. */
    async find(idHash: string, now: number): Promise<Session | undefined> {
      const row = await database
        .as<RelyingPartyTables>()
        .selectFrom('relying_party_session')
        .select(columns)
        .where('id_hash', '=', idHash)
        .where('party', '=', party)
        .where('expires_at', '>', now)
        .where('last_seen_at', '>', now - sessionIdleMs)
        .executeTakeFirst();
      return row && rowToSession(row);
    },

    /** Renews the idle time; a session that has ended meanwhile stays ended. */
    async touch(unit: Unit, idHash: string, now: number): Promise<void> {
      await unit
        .as<RelyingPartyTables>()
        .updateTable('relying_party_session')
        .set({ last_seen_at: now })
        .where('id_hash', '=', idHash)
        .execute();
    },

    /** Ends one session, expired or not; answers its sealed ID token. */
    async end(unit: Unit, idHash: string): Promise<{ sealedIdToken: string } | undefined> {
      const row = await unit
        .as<RelyingPartyTables>()
        .deleteFrom('relying_party_session')
        .where('id_hash', '=', idHash)
        .where('party', '=', party)
        .returning('id_token')
        .executeTakeFirst();
      return row && { sealedIdToken: row.id_token };
    },

    /** Ends the sessions of one provider session, or all those of a subject (indexes on `sid` and `sub`). */
    async endAll(unit: Unit, named: { sid: string } | { sub: string }): Promise<number> {
      const query = unit
        .as<RelyingPartyTables>()
        .deleteFrom('relying_party_session')
        .where('party', '=', party);
      const matching =
        'sid' in named ? query.where('sid', '=', named.sid) : query.where('sub', '=', named.sub);
      const { numDeletedRows } = await matching.executeTakeFirst();
      return Number(numDeletedRows);
    },

    /**
     * Remembers a logout token; false where it is known already. Of two concurrent calls one is true.
     * Also drops what has expired by `now`.
     */
    async recordLogoutToken(unit: Unit, idHash: string, now: number, expiresAt: number): Promise<boolean> {
      const db = unit.as<RelyingPartyTables>();
      await db.deleteFrom('relying_party_logout_token').where('expires_at', '<=', now).execute();
      const row = await db
        .insertInto('relying_party_logout_token')
        .values({ id_hash: idHash, expires_at: expiresAt })
        .onConflict((conflict) => conflict.column('id_hash').doNothing())
        .returning('id_hash')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function rowToSession(row: Row): Session {
  return {
    idHash: row.id_hash,
    sid: row.sid,
    sub: row.sub,
    claims: JSON.parse(row.claims) as Record<string, unknown>,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
  };
}

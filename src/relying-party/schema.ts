import type { Kysely } from 'kysely';
import type { Migration } from '#platform/database/migrations.ts';

/** `party` is the listener whose cookies name the row: several relying parties share these tables. */
export interface RelyingPartyTables {
  relying_party_login: {
    /** SHA-256 of `state`. */
    id_hash: string;
    party: string;
    /** SHA-256 of the secret that only this browser's cookie holds. */
    secret_hash: string;
    return_to: string;
    denied_to: string | null;
    expires_at: number;
  };
  relying_party_session: {
    /** SHA-256 of the cookie's value. */
    id_hash: string;
    party: string;
    sid: string | null;
    sub: string;
    /** JSON: the claims of userinfo. */
    claims: string;
    /**
     * The issuer wants it back as a hint at sign-out, expired or not. Sealed under the cookie's value: it would sign
     * the person out for whoever reads the row.
     */
    id_token: string;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
  };
  relying_party_logout_token: {
    /** SHA-256 of party and `jti`. */
    id_hash: string;
    expires_at: number;
  };
}

async function createTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('relying_party_login')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('party', 'text', (column) => column.notNull())
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .addColumn('return_to', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('relying_party_session')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('party', 'text', (column) => column.notNull())
    .addColumn('sid', 'text')
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('claims', 'text', (column) => column.notNull())
    .addColumn('id_token', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('relying_party_logout_token')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
}

const indexes = [
  ['relying_party_login', ['expires_at']],
  ['relying_party_session', ['expires_at']],
  ['relying_party_session', ['sid', 'party']],
  ['relying_party_session', ['sub', 'party']],
  ['relying_party_logout_token', ['expires_at']],
] as const;

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of indexes) {
    await db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute();
  }
}

export const migrations: Migration[] = [
  {
    name: 'relying-party-001-tables',
    async up(db) {
      await createTables(db);
      await createIndexes(db);
    },
  },
  {
    name: 'relying-party-002-denied-to',
    async up(db) {
      await db.schema.alterTable('relying_party_login').addColumn('denied_to', 'text').execute();
    },
  },
];

/** Emptied by a sandbox's reset: everybody is signed out. */
export const resetTables = ['relying_party_login', 'relying_party_session', 'relying_party_logout_token'];

import type { Migration } from '#platform/database/migrations.ts';
import type { PersonaSlug } from './personas.ts';

/** `consumed`: allowed, and taken over. */
export type CibaDecision = 'allow' | 'deny' | 'consumed';

export interface SandboxTables {
  /** One row: the directory's generation that the seed ended on; null while it is being planted. */
  sandbox_seed: { id: string; generation: number | null; seeded_at: number };
  /** One row while the clock is ahead. */
  sandbox_clock: { id: string; ahead_ms: number; tokens: number };
  /** Keys of the demo clients, as JSON Web Keys. */
  sandbox_client_key: { client_id: string; private_jwk: string };
  /** What the test plans of the OpenID Foundation decided for a request by CIBA; null: not yet. */
  sandbox_ciba_decision: { sign_in_id: string; decision: CibaDecision | null; asked_at: number };
  /** A browser's persona, and whether her card is in its reader. */
  sandbox_browser: { id_hash: string; persona: PersonaSlug; card_inserted: number };
  /** Wrong PINs in a row on a card. */
  sandbox_pin: { persona: PersonaSlug; failures: number };
  /** One row: the name of the present life, from one reset to the next. */
  sandbox_world: { id: string; name: string };
  /** One row, as JSON: the phones of the seed by persona, and the rows that vouch for them by table. */
  sandbox_seed_phones: { id: string; phones: string; vouchers: string };
  /** Whose phone of the seed is in somebody's hands. */
  sandbox_seed_phone_taken: { persona: PersonaSlug };
  /** One-time tokens by which the app fetches a phone. */
  sandbox_hand_over: { token_hash: string; persona: PersonaSlug; expires_at: number };
  /** The phone that answers by itself: what it holds, as JSON, and how it behaves (null: it is silent). */
  sandbox_phone: {
    persona: PersonaSlug;
    phone: string | null;
    behaviour: string | null;
    delay_ms: number;
    /** Requests that it still answers; null: all. */
    remaining: number | null;
  };
}

/** Emptied by a reset; the other tables are the seed. */
export const resetTables = [
  'sandbox_clock',
  'sandbox_browser',
  'sandbox_pin',
  'sandbox_seed_phone_taken',
  'sandbox_hand_over',
  'sandbox_phone',
  'sandbox_ciba_decision',
];

export const migrations: Migration[] = [
  {
    name: 'sandbox-001-seed',
    async up(db) {
      await db.schema
        .createTable('sandbox_seed')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('generation', 'integer')
        .addColumn('seeded_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sandbox_client_key')
        .addColumn('client_id', 'text', (column) => column.primaryKey())
        .addColumn('private_jwk', 'text', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'sandbox-002-state',
    async up(db) {
      await db.schema
        .createTable('sandbox_clock')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('ahead_ms', 'bigint', (column) => column.notNull())
        .addColumn('tokens', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sandbox_browser')
        .addColumn('id_hash', 'text', (column) => column.primaryKey())
        .addColumn('persona', 'text', (column) => column.notNull())
        .addColumn('card_inserted', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sandbox_pin')
        .addColumn('persona', 'text', (column) => column.primaryKey())
        .addColumn('failures', 'integer', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'sandbox-003-phones',
    async up(db) {
      await db.schema
        .createTable('sandbox_world')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sandbox_seed_phones')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('phones', 'text', (column) => column.notNull())
        .addColumn('vouchers', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sandbox_seed_phone_taken')
        .addColumn('persona', 'text', (column) => column.primaryKey())
        .execute();
      await db.schema
        .createTable('sandbox_hand_over')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('persona', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('sandbox_phone')
        .addColumn('persona', 'text', (column) => column.primaryKey())
        .addColumn('phone', 'text')
        .addColumn('behaviour', 'text')
        .addColumn('delay_ms', 'integer', (column) => column.notNull())
        .addColumn('remaining', 'integer')
        .execute();
    },
  },
  {
    name: 'sandbox-004-ciba-decisions',
    async up(db) {
      await db.schema
        .createTable('sandbox_ciba_decision')
        .addColumn('sign_in_id', 'text', (column) => column.primaryKey())
        .addColumn('decision', 'text')
        .addColumn('asked_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

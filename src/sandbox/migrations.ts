import type { Migration } from '#platform/database/migrations.ts';
import type { PersonaSlug } from './personas.ts';

export interface SandboxTables {
  /** One row: the directory's generation that the seed ended on; null while it is being planted. */
  sandbox_seed: { id: string; generation: number | null; seeded_at: number };
  /** One row while the clock is ahead. */
  sandbox_clock: { id: string; ahead_ms: number; tokens: number };
  /** Keys of the demo clients, as JSON Web Keys. */
  sandbox_client_key: { client_id: string; private_jwk: string };
  /** A browser's persona, and whether her card is in its reader. */
  sandbox_browser: { id_hash: string; persona: PersonaSlug; card_inserted: number };
  /** Wrong PINs in a row on a card. */
  sandbox_pin: { persona: PersonaSlug; failures: number };
}

/** Emptied by a reset; the other tables are the seed. */
export const resetTables = ['sandbox_clock', 'sandbox_browser', 'sandbox_pin'];

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
];

import type { Migration } from '#platform/database/migrations.ts';

export const migrations: Migration[] = [
  {
    name: 'smart-card-001-attempt',
    async up(db) {
      await db.schema
        .createTable('card_attempt')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('sign_in_id', 'text', (column) => column.notNull())
        .addColumn('reader', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('presented_at', 'bigint')
        .addColumn('code_hash', 'text', (column) => column.unique())
        .addColumn('code_expires_at', 'bigint')
        .addColumn('consumed_at', 'bigint')
        .addColumn('failure', 'text')
        .addColumn('verification', 'text')
        .execute();
      await db.schema.createIndex('card_attempt_sign_in').on('card_attempt').column('sign_in_id').execute();
      await db.schema
        .createIndex('card_attempt_expires_at')
        .on('card_attempt')
        .column('expires_at')
        .execute();
    },
  },
];

/** Emptied by a sandbox's reset. */
export const resetTables = ['card_attempt'];

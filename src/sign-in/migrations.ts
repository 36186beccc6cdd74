import type { Migration } from '#platform/database/migrations.ts';

/** Rows of this module. Instants are milliseconds. */
export interface SignInTables {
  /** Where a person is in a sign-in, once more than a card was tried. */
  sign_in_progress: {
    sign_in_id: string;
    /** `choice`, `card` or `ecps`. */
    at_step: string;
    /** Wire form of the number that was typed. */
    identifier: string | null;
    approval_id: string | null;
    /** JSON of a `RefusedRequest`. */
    refusal: string | null;
    updated_at: number;
  };
}

export const migrations: Migration[] = [
  {
    name: 'sign-in-001-progress',
    async up(db) {
      await db.schema
        .createTable('sign_in_progress')
        .addColumn('sign_in_id', 'text', (column) => column.primaryKey())
        .addColumn('at_step', 'text', (column) => column.notNull())
        .addColumn('identifier', 'text')
        .addColumn('approval_id', 'text')
        .addColumn('refusal', 'text')
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('sign_in_progress_updated_at')
        .on('sign_in_progress')
        .column('updated_at')
        .execute();
    },
  },
];

/** Emptied by a sandbox's reset. */
export const resetTables = ['sign_in_progress'];

import type { Migration } from '#platform/database/migrations.ts';

/** Rows of this module. Instants are milliseconds; national ids stand in their wire form, with prefix. */
export interface RepairTables {
  /** A sign-in under repair. */
  repair_ticket: {
    id: string;
    /** The session that it names. */
    sid: string;
    /** The service that it leads back to; null for none. */
    service_name: string | null;
    service_url: string | null;
    national_id: string;
    /** JSON of a `Verification`. */
    verification: string;
    /** Without prefix. */
    rpps: string | null;
    enrolment_id: string | null;
    /** `card` or `mail`. */
    way: string | null;
    way_at: number | null;
    opened_at: number;
    expires_at: number;
  };
  /** Card verifications that vouched for a phone: each does so once. */
  repair_card_use: { card_key: string; used_at: number };
}

export const migrations: Migration[] = [
  {
    name: 'repair-001-tickets',
    async up(db) {
      await db.schema
        .createTable('repair_ticket')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('sid', 'text', (column) => column.notNull())
        .addColumn('service_name', 'text')
        .addColumn('service_url', 'text')
        .addColumn('national_id', 'text', (column) => column.notNull())
        .addColumn('verification', 'text', (column) => column.notNull())
        .addColumn('rpps', 'text')
        .addColumn('enrolment_id', 'text')
        .addColumn('way', 'text')
        .addColumn('way_at', 'bigint')
        .addColumn('opened_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      for (const column of ['sid', 'national_id', 'rpps', 'expires_at']) {
        await db.schema.createIndex(`repair_ticket_${column}`).on('repair_ticket').column(column).execute();
      }
      await db.schema
        .createTable('repair_card_use')
        .addColumn('card_key', 'text', (column) => column.primaryKey())
        .addColumn('used_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

/** Emptied by a sandbox's reset. */
export const resetTables = ['repair_ticket', 'repair_card_use'];

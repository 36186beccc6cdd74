import type { Migration } from '#platform/database/migrations.ts';

export interface AuditTables {
  audit_record: {
    id: string;
    at: number;
    name: string;
    subject: string | null;
    actor: string | null;
    details: string;
  };
}

export const migrations: Migration[] = [
  {
    name: 'audit-001-record',
    async up(db) {
      await db.schema
        .createTable('audit_record')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('subject', 'text')
        .addColumn('details', 'text', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'audit-002-actor',
    async up(db) {
      await db.schema.alterTable('audit_record').addColumn('actor', 'text').execute();
    },
  },
];

/** Emptied by a sandbox's reset. */
export const resetTables = ['audit_record'];

import { sql } from 'kysely';
import type { Migration } from '#platform/database/migrations.ts';

/** The directory's tables in *state*; its generations are made whole by each import and never migrated. */
export const migrations: Migration[] = [
  {
    name: 'directory-001-generations',
    async up(db) {
      await db.schema
        .createTable('directory_generation')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('current', 'integer', (column) => column.notNull())
        .addColumn('previous', 'integer')
        .addColumn('pinned', 'integer')
        .execute();
      await sql`insert into directory_generation (id, current) values (1, 0)`.execute(db);
      await db.schema
        .createTable('directory_extract')
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('extracted_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('directory_extract_key', ['generation', 'kind'])
        .execute();
      await db.schema
        .createTable('directory_import_run')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('report', 'text', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'directory-002-links-and-contacts',
    async up(db) {
      await db.schema
        .createTable('directory_link')
        .addColumn('adeli', 'text', (column) => column.notNull())
        .addColumn('rpps', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('directory_link_key', ['adeli', 'rpps'])
        .execute();
      await db.schema.createIndex('directory_link_by_rpps').on('directory_link').column('rpps').execute();
      await db.schema
        .createTable('directory_contact')
        .addColumn('id_nat_ps', 'text', (column) => column.primaryKey())
        .addColumn('email', 'text')
        .addColumn('phone', 'text')
        .addColumn('verified', 'integer', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'directory-003-contact-changes',
    async up(db) {
      await db.schema.alterTable('directory_contact').addColumn('changed_under', 'text').execute();
      await db.schema
        .createTable('directory_contact_change')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('id_nat_ps', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull())
        .addColumn('phone', 'text', (column) => column.notNull())
        .addColumn('email_code_mac', 'text', (column) => column.notNull())
        .addColumn('phone_code_mac', 'text', (column) => column.notNull())
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('sent_at', 'bigint', (column) => column.notNull())
        .addColumn('codes_expire_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('consumed_at', 'bigint')
        .execute();
      await db.schema
        .createIndex('directory_contact_change_by_expiry')
        .on('directory_contact_change')
        .column('expires_at')
        .execute();
      await db.schema
        .createTable('directory_contact_request')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('rpps', 'text', (column) => column.notNull())
        .addColumn('email', 'text', (column) => column.notNull())
        .addColumn('phone', 'text', (column) => column.notNull())
        .addColumn('locale', 'text', (column) => column.notNull())
        .addColumn('requested_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'directory-o-contact-history',
    async up(db) {
      await db.schema
        .createTable('directory_contact_history')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('id_nat_ps', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('ground', 'text', (column) => column.notNull())
        .addColumn('email', 'text')
        .addColumn('phone', 'text')
        .addColumn('source', 'text')
        .addColumn('actor', 'text')
        .execute();
      await db.schema
        .createIndex('directory_contact_history_by_person')
        .on('directory_contact_history')
        .columns(['id_nat_ps', 'at'])
        .execute();
      await db.schema
        .createIndex('directory_contact_history_by_age')
        .on('directory_contact_history')
        .column('at')
        .execute();
      for (const name of ['decision', 'reason', 'decided_by'] as const)
        await db.schema.alterTable('directory_contact_request').addColumn(name, 'text').execute();
      await db.schema.alterTable('directory_contact_request').addColumn('decided_at', 'bigint').execute();
    },
  },
  {
    name: 'directory-p-left-generations',
    async up(db) {
      await db.schema.alterTable('directory_generation').dropColumn('previous').execute();
      await db.schema
        .createTable('directory_left_generation')
        .addColumn('generation', 'integer', (column) => column.primaryKey())
        .addColumn('left_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('directory_import_run_by_start')
        .on('directory_import_run')
        .column('started_at')
        .execute();
    },
  },
  {
    name: 'directory-p-schedule',
    async up(db) {
      await db.schema
        .createTable('directory_schedule')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'text', (column) => column.notNull())
        .execute();
    },
  },
  {
    name: 'directory-r-exports',
    async up(db) {
      await db.schema
        .createTable('directory_export')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('request', 'text', (column) => column.notNull())
        .addColumn('types', 'text', (column) => column.notNull())
        .addColumn('since', 'bigint')
        .addColumn('requested_at', 'bigint', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('generation', 'integer')
        .addColumn('percent', 'integer', (column) => column.notNull())
        .addColumn('files', 'text', (column) => column.notNull())
        .addColumn('up_to', 'bigint')
        .addColumn('ended_at', 'bigint')
        .execute();
    },
  },
  {
    name: 'directory-r-keys',
    async up(db) {
      await db.schema
        .createTable('directory_api_key')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('key_hash', 'text', (column) => column.notNull().unique())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('revoked_at', 'bigint')
        .execute();
    },
  },
];

/** Emptied by a sandbox's reset. */
export const resetTables = [
  'directory_schedule',
  'directory_link',
  'directory_contact',
  'directory_contact_change',
  'directory_contact_request',
  'directory_contact_history',
  'directory_export',
  'directory_api_key',
];

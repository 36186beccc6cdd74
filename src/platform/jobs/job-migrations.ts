import { sql } from 'kysely';
import type { Migration } from '../database/migrations.ts';

export interface JobTables {
  job: {
    id: string;
    kind: string;
    /** Sealed JSON; null once the job was given up. */
    payload: string | null;
    enqueued_at: number;
    run_at: number;
    attempts: number;
    lease: string | null;
    leased_until: number | null;
    last_failure: string | null;
    failed_at: number | null;
  };
}

export const jobTables = ['job'];

export const jobMigrations: Migration[] = [
  {
    name: 'jobs-001-job',
    async up(db) {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('payload', 'text')
        .addColumn('enqueued_at', 'bigint', (column) => column.notNull())
        .addColumn('run_at', 'bigint', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('lease', 'text')
        .addColumn('leased_until', 'bigint')
        .addColumn('last_failure', 'text')
        .addColumn('failed_at', 'bigint')
        .execute();
      await sql`create index job_due on job (run_at) where failed_at is null`.execute(db);
    },
  },
];

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { createOrderedIds } from '../ids.ts';
import type { SmsSender } from './sms-sender.ts';

export interface OutboxSms {
  id: string;
  to: string;
  text: string;
  /** Instant, milliseconds. */
  sentAt: number;
}

/** Keeps messages instead of sending them: where a sandbox and its tests read them. */
export interface SmsOutbox extends SmsSender {
  /** Newest first. */
  latest(filter: { to?: string | undefined; limit?: number }): Promise<OutboxSms[]>;
  clear(): Promise<void>;
}

interface SmsTables {
  sms_outbox: { id: string; recipient: string; text: string; sent_at: number };
}

export const smsOutboxTables = ['sms_outbox'];

export const smsOutboxMigrations: Migration[] = [
  {
    name: 'sms-001-outbox',
    async up(db) {
      await db.schema
        .createTable('sms_outbox')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('recipient', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

const mostKept = 500;

export function createSmsOutbox({ database, clock }: { database: Database; clock: Clock }): SmsOutbox {
  const nextId = createOrderedIds('sms');
  return {
    async send(unit, { to, text }) {
      const at = clock.now();
      const row = { id: nextId(at), recipient: to, text, sent_at: at };
      await unit.as<SmsTables>().insertInto('sms_outbox').values(row).execute();
    },
    async latest({ to, limit = mostKept }) {
      const rows = await database
        .as<SmsTables>()
        .selectFrom('sms_outbox')
        .select(['id', 'recipient', 'text', 'sent_at'])
        .$if(to !== undefined, (query) => query.where('recipient', '=', to ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ recipient, sent_at, ...row }) => ({ ...row, to: recipient, sentAt: sent_at }));
    },
    async clear() {
      await database.write((unit) => unit.as<SmsTables>().deleteFrom('sms_outbox').execute());
    },
  };
}

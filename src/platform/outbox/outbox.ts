import type { Clock } from '../clock.ts';
import type { Database, Unit } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { createOrderedIds } from '../ids.ts';

/** One message as its channel keeps it. */
export type Kept<Content> = Content & {
  id: string;
  to: string;
  /** Instant, milliseconds. */
  sentAt: number;
};

/** Keeps messages instead of sending them: where a sandbox and its tests read them. */
export interface Outbox<Content> {
  keep(unit: Unit, to: string, content: Content): Promise<void>;
  /** Newest first. */
  latest(filter: { to?: string | undefined; limit?: number }): Promise<Kept<Content>[]>;
  clear(): Promise<void>;
}

interface OutboxTables {
  outbox_message: { id: string; channel: string; recipient: string; content: string; sent_at: number };
}

export const outboxTables = ['outbox_message'];

export const outboxMigrations: Migration[] = [
  {
    name: 'outbox-001-message',
    async up(db) {
      await db.schema
        .createTable('outbox_message')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('recipient', 'text', (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

const mostKept = 500;

/** `channel` also begins its messages' ids. */
export function createOutbox<Content extends object>(
  { database, clock }: { database: Database; clock: Clock },
  channel: 'mail' | 'sms',
): Outbox<Content> {
  const nextId = createOrderedIds(channel);
  return {
    async keep(unit, to, content) {
      const at = clock.now();
      const row = {
        id: nextId(at),
        channel,
        recipient: to,
        content: JSON.stringify(content),
        sent_at: at,
      };
      await unit.as<OutboxTables>().insertInto('outbox_message').values(row).execute();
    },
    async latest({ to, limit = mostKept }) {
      const rows = await database
        .as<OutboxTables>()
        .selectFrom('outbox_message')
        .select(['id', 'recipient', 'content', 'sent_at'])
        .where('channel', '=', channel)
        .$if(to !== undefined, (query) => query.where('recipient', '=', to ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ id, recipient, content, sent_at }) => ({
        ...(JSON.parse(content) as Content),
        id,
        to: recipient,
        sentAt: sent_at,
      }));
    },
    async clear() {
      await database.write((unit) =>
        unit.as<OutboxTables>().deleteFrom('outbox_message').where('channel', '=', channel).execute(),
      );
    },
  };
}

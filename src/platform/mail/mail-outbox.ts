import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { createOrderedIds } from '../ids.ts';
import type { Mail, MailSender } from './mail-sender.ts';

/** A mail that stayed here; `html` is self-contained. */
export interface OutboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Instant, milliseconds. */
  sentAt: number;
}

/** Keeps mails instead of sending them: where a sandbox and its tests read them. */
export interface MailOutbox extends MailSender {
  /** Newest first. */
  latest(filter: { to?: string | undefined; limit?: number }): Promise<OutboxMail[]>;
  clear(): Promise<void>;
}

interface MailTables {
  mail_outbox: {
    id: string;
    recipient: string;
    subject: string;
    text: string;
    html: string;
    sent_at: number;
  };
}

export const mailOutboxTables = ['mail_outbox'];

export const mailOutboxMigrations: Migration[] = [
  {
    name: 'mail-001-outbox',
    async up(db) {
      await db.schema
        .createTable('mail_outbox')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('recipient', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('html', 'text', (column) => column.notNull())
        .addColumn('sent_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
];

const mostKept = 500;

export function createMailOutbox({ database, clock }: { database: Database; clock: Clock }): MailOutbox {
  const nextId = createOrderedIds('mai');
  return {
    async send(unit, mail) {
      const { to, subject, text } = mail;
      const at = clock.now();
      const row = { id: nextId(at), recipient: to, subject, text, html: embedImages(mail), sent_at: at };
      await unit.as<MailTables>().insertInto('mail_outbox').values(row).execute();
    },
    async latest({ to, limit = mostKept }) {
      const rows = await database
        .as<MailTables>()
        .selectFrom('mail_outbox')
        .select(['id', 'recipient', 'subject', 'text', 'html', 'sent_at'])
        .$if(to !== undefined, (query) => query.where('recipient', '=', to ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ recipient, sent_at, ...row }) => ({ ...row, to: recipient, sentAt: sent_at }));
    },
    async clear() {
      await database.write((unit) => unit.as<MailTables>().deleteFrom('mail_outbox').execute());
    },
  };
}

function embedImages({ html, images = [] }: Mail): string {
  return images.reduce(
    (embedded, { cid, contentType, content }) =>
      embedded.replaceAll(
        `cid:${cid}`,
        `data:${contentType};base64,${Buffer.from(content).toString('base64')}`,
      ),
    html,
  );
}

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createOutbox, type Kept, type Outbox } from '../outbox/outbox.ts';
import type { Mail, MailSender } from './mail-sender.ts';

interface MailContent {
  subject: string;
  text: string;
  /** Self-contained: pictures are `data:` addresses. */
  html: string;
}

export type OutboxMail = Kept<MailContent>;

export interface MailOutbox extends MailSender, Pick<Outbox<MailContent>, 'latest' | 'clear'> {}

export function createMailOutbox(dependencies: { database: Database; clock: Clock }): MailOutbox {
  const { keep, latest, clear } = createOutbox<MailContent>(dependencies, 'mail');
  return {
    latest,
    clear,
    async send(unit, mail) {
      await keep(unit, mail.to, { subject: mail.subject, text: mail.text, html: embedImages(mail) });
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

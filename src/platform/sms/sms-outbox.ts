import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createOutbox, type Kept, type Outbox } from '../outbox/outbox.ts';
import type { SmsSender } from './sms-sender.ts';

interface SmsContent {
  text: string;
}

export type OutboxSms = Kept<SmsContent>;

export interface SmsOutbox extends SmsSender, Pick<Outbox<SmsContent>, 'latest' | 'clear'> {}

export function createSmsOutbox(dependencies: { database: Database; clock: Clock }): SmsOutbox {
  const { keep, latest, clear } = createOutbox<SmsContent>(dependencies, 'sms');
  return { latest, clear, send: (unit, { to, text }) => keep(unit, to, { text }) };
}

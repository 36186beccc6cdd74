import type { Clock } from '#platform/clock.ts';
import type { MailOutbox, OutboxMail } from '#platform/mail/mail-outbox.ts';
import type { OutboxSms, SmsOutbox } from '#platform/sms/sms-outbox.ts';
import type { Trail, TrailEvent } from '../ports.ts';
import type { Slot } from '../reader/card-slot.ts';
import type { Reader } from '../reader/reader.ts';

/** All that the home page shows to one browser. */
export interface Home {
  slot: Slot | undefined;
  mails: OutboxMail[];
  sms: OutboxSms[];
  events: TrailEvent[];
  aheadMs: number;
}

export interface HomeDependencies {
  reader: Reader;
  mails: MailOutbox;
  sms: SmsOutbox;
  trail: Trail;
  clock: Clock;
}

const shownMessages = 20;
const shownEvents = 40;

export async function findHome(dependencies: HomeDependencies, browser: string | undefined): Promise<Home> {
  const { reader, mails, sms, trail, clock } = dependencies;
  const [slot, mailList, smsList, events] = await Promise.all([
    reader.find(browser),
    mails.latest({ limit: shownMessages }),
    sms.latest({ limit: shownMessages }),
    trail.latest(shownEvents),
  ]);
  return { slot, mails: mailList, sms: smsList, events, aheadMs: clock.aheadMs };
}

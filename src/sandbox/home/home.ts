import type { Clock } from '#platform/clock.ts';
import type { MailOutbox, OutboxMail } from '#platform/mail/mail-outbox.ts';
import type { OutboxSms, SmsOutbox } from '#platform/sms/sms-outbox.ts';
import { type EcpsState, findEcps } from '../phone/ecps-state.ts';
import type { ShownPhone } from '../phone/phone-door.ts';
import type { PhoneAuthority, RepairAddress, RepairAddresses, Trail, TrailEvent } from '../ports.ts';
import type { Slot } from '../reader/card-slot.ts';
import type { Reader } from '../reader/reader.ts';
import type { World } from '../world.ts';

/** All that the home page shows to one browser. */
export interface Home {
  slot: Slot | undefined;
  /** The e-CPS of the slot's persona. */
  ecps: EcpsState | undefined;
  phone: ShownPhone | undefined;
  /** QR codes that the pages of a repair show. */
  addresses: RepairAddress[];
  world: string;
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
  authenticator: PhoneAuthority;
  repairs: RepairAddresses;
  world: World;
  clock: Clock;
}

const shownMessages = 20;
const shownEvents = 40;

export async function findHome(
  dependencies: HomeDependencies,
  browser: string | undefined,
  phone: ShownPhone | undefined,
): Promise<Home> {
  const { reader, mails, sms, trail, authenticator, repairs, world, clock } = dependencies;
  const [slot, mailList, smsList, events, addresses, worldName] = await Promise.all([
    reader.find(browser),
    mails.latest({ limit: shownMessages }),
    sms.latest({ limit: shownMessages }),
    trail.latest(shownEvents),
    repairs.listAddresses(),
    world.name(),
  ]);
  const ecps = slot && (await findEcps(authenticator, slot.persona));
  const lists = { mails: mailList, sms: smsList, events };
  return { slot, ecps, phone, addresses, world: worldName, ...lists, aheadMs: clock.aheadMs };
}

import { rpps, type Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import { activationRpps, type CaseFile } from './case-file.ts';
import { cardFreshnessMs } from './policy.ts';
import type { RepairEcps, RepairParts } from './repair-parts.ts';
import type { Ticket } from './ticket.ts';
import type { OpenTicket } from './tickets.ts';

/**
 * What **Scanner avec mon téléphone** shows: the code's address; that a phone goes on with it; or that the card is
 * to be read first, since this one was read too long ago or has vouched for a phone.
 */
export type CardCode =
  | { outcome: 'code'; url: string }
  | { outcome: 'redeemed' }
  | { outcome: 'read_card' }
  | { outcome: 'not_offered' };

/** One code a ticket: it is renewed until a phone takes it. Of two requests at once both show the same. */
export async function findCardCode(parts: RepairParts, open: OpenTicket, locale: Locale): Promise<CardCode> {
  const { ecps, clock } = parts;
  const number = activationRpps(open.file);
  if (!ecps || number === null) return { outcome: 'not_offered' };
  const { ticket, file } = open;
  const shown = await renew(ecps, ticket.enrolmentId);
  if (shown) return shown;
  if (isFreshCard(file.verification, clock.now())) {
    const created = await create(parts, ecps, { ticket, file, rpps: number, locale });
    if (created) return created;
  }
  const state = ticket.enrolmentId && (await ecps.findCardEnrolment(ticket.enrolmentId));
  return { outcome: state === 'redeemed' ? 'redeemed' : 'read_card' };
}

async function renew(ecps: RepairEcps, enrolmentId: string | null): Promise<CardCode | undefined> {
  const renewed = enrolmentId === null ? undefined : await ecps.renewCardLink(enrolmentId);
  return renewed && { outcome: 'code', url: renewed.url };
}

function isFreshCard({ method, verifiedAt }: Verification, now: number): boolean {
  return method === 'card' && now - verifiedAt < cardFreshnessMs;
}

interface Wanted {
  ticket: Ticket;
  file: CaseFile;
  rpps: string;
  locale: Locale;
}

/** `undefined` where the card has vouched for another phone already. */
async function create(parts: RepairParts, ecps: RepairEcps, wanted: Wanted): Promise<CardCode | undefined> {
  const { database, directory, store, clock } = parts;
  const { ticket, file, rpps: number, locale } = wanted;
  const { verification } = file;
  const contacts = await directory.findContactDetails(rpps(number));
  const url = await database.write(async (unit) => {
    const now = clock.now();
    if (!(await store.useCard(unit, verification, now))) return undefined;
    const enrolment = await ecps.createCardEnrolment({ verification, rpps: number, locale }, unit);
    await store.bindEnrolment(unit, ticket.id, enrolment.id);
    await tellLinkUse(parts, unit, { ...wanted, contacts, notMeUrl: enrolment.notMeUrl, at: now });
    return enrolment.url;
  });
  if (url !== undefined) return { outcome: 'code', url };
  const latest = await store.find(ticket.id, clock.now());
  return renew(ecps, latest?.enrolmentId ?? null);
}

interface LinkUse extends Wanted {
  contacts: { email: string | null; phone: string | null } | undefined;
  notMeUrl: string;
  at: number;
}

/** Each use of a link is audited, and announced to whom the record reaches. */
async function tellLinkUse(
  { directory, notices }: RepairParts,
  unit: Unit,
  { file, rpps: number, contacts, notMeUrl, at, locale }: LinkUse,
): Promise<void> {
  const { nationalId } = file.verification;
  if (nationalId.kind !== 'adeli') return;
  await directory.recordLinkUse(unit, nationalId.value, 'enrolment');
  if (!contacts) return;
  const recipient = { ...contacts, locale };
  await notices.send(unit, { recipient, adeli: nationalId.value, rpps: number, at, notMeUrl });
}

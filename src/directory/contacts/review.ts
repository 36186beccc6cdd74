import type { Locale } from '#platform/html/messages.ts';
import { newReference } from '#platform/http/reference.ts';
import { type ContactParts, findHolder, type Refusal, takeEach } from './contact-parts.ts';
import { faultsOf, parseContacts, parseRpps, type TypedContacts } from './parse-contacts.ts';
import { limits, requestLifetimeMs } from './policy.ts';
import type { ContactRequest, DecidedRequest, RefusalReason, Verdict } from './request-store.ts';
import { saveContacts } from './save-contacts.ts';

export interface TypedRequest {
  typed: TypedContacts & { rpps: string };
  locale: Locale;
  /** Network address of the browser. */
  address: string;
}

/** A request as the Order's agent sees it. */
export interface ReviewItem extends ContactRequest {
  /** Who has that number; null where nobody active does. */
  holder: { givenName: string; familyName: string } | null;
}

/** Who decides: wire form of a national identifier; null for the command line. */
export type Decider = string | null;

export type Decision =
  | { outcome: 'decided'; rpps: string }
  /** Never asked, decided already, or too old. */
  | { outcome: 'unknown' }
  /** Nobody active has that number: it cannot be accepted. */
  | { outcome: 'no_record' };

/**
 * Without a card a change is a request to the Order. Nobody looks here whether the number leads to somebody, so that
 * the answer cannot tell.
 */
export async function requestReview(
  parts: ContactParts,
  { typed, locale, address }: TypedRequest,
): Promise<{ outcome: 'transmitted'; reference: string } | Exclude<Refusal, { outcome: 'no_record' }>> {
  const rpps = parseRpps(typed.rpps);
  const parsed = parseContacts(typed, undefined);
  if (typeof rpps !== 'string' || 'faults' in parsed) {
    const others = 'faults' in parsed ? parsed.faults : {};
    return { outcome: 'faults', faults: { ...faultsOf({ rpps }), ...others } };
  }
  const now = parts.clock.now();
  const request = { rpps, ...parsed.reach, locale, requestedAt: now, expiresAt: now + requestLifetimeMs };
  return parts.database.write(async (unit) => {
    const refused = await takeEach(parts, unit, { [`request ${address}`]: limits.requestsByAddress });
    if (refused) return refused;
    let reference = newReference();
    while (!(await parts.requests.create(unit, { id: reference, ...request }))) reference = newReference();
    await parts.events.requested(unit, reference);
    return { outcome: 'transmitted', reference };
  });
}

/** Undecided, oldest first. */
export async function listReview(parts: ContactParts): Promise<ReviewItem[]> {
  const now = parts.clock.now();
  const requests = (await parts.requests.list()).filter(({ expiresAt }) => expiresAt > now);
  return Promise.all(
    requests.map(async (request) => {
      const holder = await findHolder(parts, request.rpps);
      return { ...request, holder: holder ?? null };
    }),
  );
}

/** What was decided last, newest first; with `id` that one alone. */
export const listDecided = (parts: ContactParts, id?: string): Promise<DecidedRequest[]> =>
  parts.requests.listDecided(id);

/** The agent has made sure that it is the person: the details count from now on, and old and new are told. */
export async function acceptRequest(parts: ContactParts, id: string, by: Decider = null): Promise<Decision> {
  const request = await findOpen(parts, id);
  if (!request) return { outcome: 'unknown' };
  const holder = await findHolder(parts, request.rpps);
  if (!holder) return { outcome: 'no_record' };
  return parts.database.write(async (unit) => {
    if (!(await parts.requests.decide(unit, request, verdictOf(parts, 'accepted', by))))
      return { outcome: 'unknown' };
    const { email, phone, locale, rpps } = request;
    const origin = { source: id, actor: by };
    await saveContacts(parts, unit, {
      ...{ holder, reach: { email, phone }, ground: 'order', adeli: null, locale, origin },
    });
    await parts.events.accepted(unit, rpps, { reference: id, by });
    return { outcome: 'decided', rpps };
  });
}

export interface Refused {
  by?: Decider;
  reason?: RefusalReason;
}

/** Nothing changes; whoever asked is told, without a word about whom it concerned. */
export async function refuseRequest(
  parts: ContactParts,
  id: string,
  { by = null, reason = 'not_verified' }: Refused = {},
): Promise<Decision> {
  const request = await findOpen(parts, id);
  if (!request) return { outcome: 'unknown' };
  return parts.database.write(async (unit) => {
    const verdict = { ...verdictOf(parts, 'refused', by), reason };
    if (!(await parts.requests.decide(unit, request, verdict))) return { outcome: 'unknown' };
    const { email, locale, rpps } = request;
    await parts.messages.sendRefusal(unit, { email, locale, reference: id, reason });
    await parts.events.refused(unit, { reference: id, by, reason });
    return { outcome: 'decided', rpps };
  });
}

const verdictOf = ({ clock }: ContactParts, decision: Verdict['decision'], decidedBy: Decider): Verdict => ({
  decision,
  decidedBy,
  reason: null,
  decidedAt: clock.now(),
});

async function findOpen({ requests, clock }: ContactParts, id: string): Promise<ContactRequest | undefined> {
  const request = await requests.find(id);
  return request && request.expiresAt > clock.now() ? request : undefined;
}

import { formatIdNatPs, rpps } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import { newId } from '#platform/ids.ts';
import type { ChangeKey, PendingChange, SentCodes } from './change-store.ts';
import { type ContactParts, findHolder, type Holder, type Refusal, takeEach } from './contact-parts.ts';
import { maskEmail, maskPhone } from './mask.ts';
import { parseContacts, type Reach, type TypedContacts } from './parse-contacts.ts';
import { changeLifetimeMs, codeLifetimeMs, codeTries, limits, resendPauseMs } from './policy.ts';
import { saveContacts } from './save-contacts.ts';

export interface EcpsChange {
  rpps: string;
  typed: TypedContacts;
  locale: Locale;
}

/** A change and the person who may confirm it. */
export interface OwnChange {
  changeId: string;
  rpps: string;
  locale: Locale;
}

/** What the page that asks for the codes shows. Instants in milliseconds. */
export interface AwaitedCodes {
  maskedEmail: string;
  maskedPhone: string;
  /** 0 when the codes are dead: too old, or tried too often. */
  triesLeft: number;
  expiresAt: number;
  /** From when they may be sent again. */
  sendAgainAt: number;
}

export interface TypedCodes {
  emailCode: string;
  phoneCode: string;
}

export type ConfirmAnswer =
  | { outcome: 'saved' }
  /** Which of the two is wrong, and how many tries are left. */
  | { outcome: 'wrong'; emailWrong: boolean; phoneWrong: boolean; triesLeft: number }
  /** Unknown, too old, or tried too often. */
  | { outcome: 'dead' };

/** Under an e-CPS a change waits for a code sent to the new address and one sent to the new mobile. */
export async function startUnderEcps(
  parts: ContactParts,
  { rpps: number, typed, locale }: EcpsChange,
): Promise<{ outcome: 'codes_sent'; changeId: string } | Refusal> {
  const holder = await findHolder(parts, number);
  if (!holder) return { outcome: 'no_record' };
  const idNatPs = formatIdNatPs(rpps(number));
  const parsed = parseContacts(typed, await parts.contacts.find(idNatPs));
  if ('faults' in parsed) return { outcome: 'faults', ...parsed };
  const now = parts.clock.now();
  const id = newId('cch');
  return parts.database.write(async (unit) => {
    const sending = { number, reach: parsed.reach, locale };
    const refused = await takeSending(parts, unit, sending);
    if (refused) return refused;
    const { sent, codes } = createCodes(parts, id);
    const change = { id, idNatPs, ...parsed.reach, ...sent, expiresAt: now + changeLifetimeMs };
    await parts.changes.create(unit, change);
    await sendCodes(parts, unit, sending, codes);
    return { outcome: 'codes_sent', changeId: id };
  });
}

export async function findAwaitedCodes(
  parts: ContactParts,
  own: Omit<OwnChange, 'locale'>,
): Promise<AwaitedCodes | undefined> {
  const now = parts.clock.now();
  const change = await parts.changes.find(keyOf(own), now);
  if (!change) return undefined;
  return {
    maskedEmail: maskEmail(change.email),
    maskedPhone: maskPhone(change.phone),
    triesLeft: change.codesExpireAt > now ? Math.max(0, codeTries - change.tries) : 0,
    expiresAt: change.codesExpireAt,
    sendAgainAt: change.sentAt + resendPauseMs,
  };
}

/** New codes in place of the old ones. `too_soon` within the pause: the last ones are on their way. */
export async function sendCodesAgain(
  parts: ContactParts,
  own: OwnChange,
): Promise<{ outcome: 'codes_sent' | 'too_soon' | 'dead' } | Refusal> {
  const now = parts.clock.now();
  const key = keyOf(own);
  const change = await parts.changes.find(key, now);
  if (!change) return { outcome: 'dead' };
  if (change.sentAt + resendPauseMs > now) return { outcome: 'too_soon' };
  return parts.database.write(async (unit) => {
    const sending = { number: own.rpps, reach: change, locale: own.locale };
    const refused = await takeSending(parts, unit, sending);
    if (refused) return refused;
    const { sent, codes } = createCodes(parts, key.id);
    if (!(await parts.changes.renewCodes(unit, key, sent, now - resendPauseMs)))
      return { outcome: 'too_soon' };
    await sendCodes(parts, unit, sending, codes);
    return { outcome: 'codes_sent' };
  });
}

/** **Valider**. A try is counted before it is compared; the refusal is told after the count is durable. */
export async function confirmUnderEcps(
  parts: ContactParts,
  own: OwnChange,
  typed: TypedCodes,
): Promise<ConfirmAnswer> {
  const key = keyOf(own);
  const holder = await findHolder(parts, own.rpps);
  if (!holder) return { outcome: 'dead' };
  const now = parts.clock.now();
  const answer = await parts.database.write(async (unit): Promise<ConfirmAnswer> => {
    const change = await parts.changes.countTry(unit, key, { most: codeTries, now });
    if (!change) return { outcome: 'dead' };
    const emailWrong = !parts.codes.matches(change.emailCodeMac, key.id, 'mail', typed.emailCode);
    const phoneWrong = !parts.codes.matches(change.phoneCodeMac, key.id, 'sms', typed.phoneCode);
    if (!emailWrong && !phoneWrong) return apply(parts, unit, { change, holder, own });
    await parts.events.codeFailed(unit, own.rpps);
    return { outcome: 'wrong', emailWrong, phoneWrong, triesLeft: codeTries - change.tries };
  });
  if (answer.outcome === 'dead' && (await parts.changes.isConsumed(key))) return { outcome: 'saved' };
  return answer;
}

async function apply(
  parts: ContactParts,
  unit: Unit,
  { change, holder, own }: { change: PendingChange; holder: Holder; own: OwnChange },
): Promise<ConfirmAnswer> {
  if (!(await parts.changes.consume(unit, change, parts.clock.now()))) return { outcome: 'dead' };
  const reach = { email: change.email, phone: change.phone };
  await saveContacts(parts, unit, { holder, reach, ground: 'ecps', adeli: null, locale: own.locale });
  await parts.events.changed(unit, own.rpps, 'ecps');
  return { outcome: 'saved' };
}

interface Sending {
  number: string;
  reach: Reach;
  locale: Locale;
}

function takeSending({ codes, limiter }: ContactParts, unit: Unit, { number, reach }: Sending) {
  return takeEach({ limiter }, unit, {
    [`codes ${number}`]: limits.codesByNumber,
    [`codes ${codes.recipientKey(reach.email)}`]: limits.codesByRecipient,
    [`codes ${codes.recipientKey(reach.phone)}`]: limits.codesByRecipient,
  });
}

interface PlainCodes {
  emailCode: string;
  phoneCode: string;
  expiresAt: number;
}

function createCodes({ codes, clock }: ContactParts, id: string): { sent: SentCodes; codes: PlainCodes } {
  const [emailCode, phoneCode] = [codes.create(), codes.create()];
  const sentAt = clock.now();
  const expiresAt = sentAt + codeLifetimeMs;
  const sent = {
    emailCodeMac: codes.seal(id, 'mail', emailCode),
    phoneCodeMac: codes.seal(id, 'sms', phoneCode),
    sentAt,
    codesExpireAt: expiresAt,
  };
  return { sent, codes: { emailCode, phoneCode, expiresAt } };
}

async function sendCodes(
  { messages, events }: ContactParts,
  unit: Unit,
  { number, reach, locale }: Sending,
  codes: PlainCodes,
): Promise<void> {
  await messages.sendCodes(unit, { email: reach.email, phone: reach.phone, locale, ...codes });
  await events.codesSent(unit, number);
}

function keyOf({ changeId, rpps: number }: Omit<OwnChange, 'locale'>): ChangeKey {
  return { id: changeId, idNatPs: formatIdNatPs(rpps(number)) };
}

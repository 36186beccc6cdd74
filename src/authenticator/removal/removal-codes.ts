import { randomInt } from 'node:crypto';
import { formatIdNatPs } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import { take } from '../limit.ts';
import type { RemovalCodesMessage } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import { codeDigits, codeLifetimeMs, limits } from '../policy.ts';
import { numberView } from '../stores/national-id-text.ts';
import { advanceRemoval } from './advance-removal.ts';
import { next, triesLeft } from './removal.ts';
import type { CodeMacs, Removal } from './removal-store.ts';

export interface CodesRequest {
  locale: Locale;
  /** Host of the page into which the codes are typed. */
  host: string;
  /** Where the browser calls from. */
  address: string;
}

/** Two different codes, each for its own way. */
export interface Codes {
  mail: string;
  sms: string;
}

export type SentCodes =
  | { outcome: 'sent' }
  | { outcome: 'too_soon'; retryAt: number }
  /** Another call was faster, or the removal is over. */
  | { outcome: 'over' };

/**
 * **Recevoir les codes**: a new pair, the one before is dead. Row, count and job are the same for every number; only
 * the job, later, looks up whether there is an e-CPS and whom to write to. Throws `request.too_many`.
 */
export async function sendCodes(parts: Parts, id: string, request: CodesRequest): Promise<SentCodes> {
  const codes = { mail: newCode(), sms: newCode() };
  const codeMacs = macsOf(parts, id, codes);
  const event = { type: 'codes_sent', at: parts.clock.now() } as const;
  return parts.database.write(async (unit) => {
    const removal = await parts.removals.find(id, unit);
    if (!removal) return { outcome: 'over' };
    const step = next(removal.state, event);
    if ('refusal' in step && step.refusal === 'too_many')
      return { outcome: 'too_soon', retryAt: step.retryAt };
    if (!(await advanceRemoval(parts, unit, removal, event, codeMacs))) return { outcome: 'over' };
    await takeSending(parts, unit, removal, request);
    await parts.events.removalCodesSent(unit, null);
    await parts.messages.sendRemovalCodes(unit, messageOf(removal, codes, request, event.at));
    return { outcome: 'sent' };
  });
}

const newCode = (): string => String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');

const macsOf = ({ macs }: Parts, id: string, { mail, sms }: Codes): CodeMacs => ({
  mail: macs.mac('removal code', id, 'mail', mail),
  sms: macs.mac('removal code', id, 'sms', sms),
});

async function takeSending(
  parts: Parts,
  unit: Unit,
  { nationalId }: Removal,
  { address }: CodesRequest,
): Promise<void> {
  await take(parts, unit, `removal codes address ${address}`, limits.removalCodesByAddress);
  const number = formatIdNatPs(nationalId);
  await take(parts, unit, `removal codes ${number} ${address}`, limits.removalCodesByAddressAndNumber);
  await take(parts, unit, `removal codes ${number}`, limits.removalCodesByNumber);
}

function messageOf(
  { nationalId, device }: Removal,
  codes: Codes,
  { locale, host }: CodesRequest,
  at: number,
): RemovalCodesMessage {
  const expiresAt = at + codeLifetimeMs;
  return { nationalId: numberView(nationalId), codes, device, locale, host, requestedAt: at, expiresAt };
}

export type TriedCodes =
  | { outcome: 'proven' }
  /** Which of the two is wrong, and how many tries are left. */
  | { outcome: 'wrong'; mailWrong: boolean; smsWrong: boolean; triesLeft: number }
  /** None were sent, they are too old, or were tried too often. */
  | { outcome: 'dead' };

/** Each try is counted before it is compared, so that of many at once five are compared. */
export async function tryCodes(parts: Parts, id: string, typed: Codes): Promise<TriedCodes> {
  const at = parts.clock.now();
  return parts.database.write(async (unit): Promise<TriedCodes> => {
    const removal = await parts.removals.find(id, unit);
    const counted = removal && (await advanceRemoval(parts, unit, removal, { type: 'codes_tried', at }));
    if (!counted?.codeMacs) return { outcome: 'dead' };
    const wrong = compare(parts, id, counted.codeMacs, typed);
    if (!wrong.mailWrong && !wrong.smsWrong) return prove(parts, unit, counted, at);
    await parts.events.removalCodesFailed(unit, null);
    return { outcome: 'wrong', ...wrong, triesLeft: triesLeft(counted.state, at) };
  });
}

function compare({ macs }: Parts, id: string, { mail, sms }: CodeMacs, typed: Codes) {
  return {
    mailWrong: !macs.matches(mail, 'removal code', id, 'mail', digitsOf(typed.mail)),
    smsWrong: !macs.matches(sms, 'removal code', id, 'sms', digitsOf(typed.sms)),
  };
}

/** People copy codes with spaces. */
const digitsOf = (typed: string): string => typed.replace(/[\s.\p{Pd}]/gu, '');

async function prove(parts: Parts, unit: Unit, removal: Removal, at: number): Promise<TriedCodes> {
  const event = { type: 'proven', proof: 'codes', at } as const;
  if (!(await advanceRemoval(parts, unit, removal, event))) return { outcome: 'dead' };
  await parts.events.removalProven(unit, removal.nationalId, { proof: 'codes', linked: false });
  return { outcome: 'proven' };
}

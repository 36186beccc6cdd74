import { hasValidCheckDigit, isEmployee, type NationalId, parseIdNatPs } from '#national-id';
import type { CardRequest, CardUsage } from '../pki/index.ts';

/** A card as it is asked for on the command line; whose names it bears is found out later. */
export type CardOrder = Pick<CardRequest, 'nationalId' | 'notBefore' | 'notAfter' | 'usage' | 'pin'>;

/** The message is one sentence that names the option at fault. */
export class InvalidOrder extends Error {
  override name = 'InvalidOrder';
}

type Options = Partial<
  Record<'national-id' | 'pin' | 'not-before' | 'not-after' | 'usage', string | undefined>
>;

/** Reads the options of `hygie card issue`, or throws `InvalidOrder`. */
export function parseCardOrder(options: Options, now: number): CardOrder {
  return {
    nationalId: parseNationalId(options['national-id']),
    ...parseValidity(options, now),
    usage: parseUsage(options.usage ?? 'authentication'),
    pin: parsePin(options.pin ?? '1234'),
  };
}

function parseNationalId(text: string | undefined): NationalId {
  if (!text) throw new InvalidOrder('--national-id is needed, with its prefix.');
  const nationalId = parseIdNatPs(text);
  if (!nationalId || !isOnCards(nationalId)) {
    throw new InvalidOrder(
      '--national-id must begin with its prefix: 8 (RPPS), 0 (ADELI), 3, 4 or 5 (employees).',
    );
  }
  if (!hasValidCheckDigit(nationalId)) throw new InvalidOrder('--national-id has a wrong check digit.');
  return nationalId;
}

const isOnCards = (nationalId: NationalId): boolean =>
  nationalId.kind === 'rpps' || nationalId.kind === 'adeli' || isEmployee(nationalId);

const dayMs = 24 * 60 * 60 * 1000;
/** A card is replaced after three years. */
const cardLifetimeMs = 3 * 365 * dayMs;
/** The authorities begin then. */
const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2099, 11, 31);

function parseValidity(options: Options, now: number): { notBefore: number; notAfter: number } {
  const begin = parseInstant(options, 'not-before', 0);
  const end = parseInstant(options, 'not-after', dayMs - 1000);
  const notBefore = begin ?? (end === undefined ? now : Math.min(now, end - cardLifetimeMs));
  const notAfter = end ?? notBefore + cardLifetimeMs;
  if (notBefore >= notAfter) throw new InvalidOrder('--not-after must be later than --not-before.');
  if (notBefore < earliest || notAfter > latest)
    throw new InvalidOrder('--not-before and --not-after must lie between 1990 and 2099.');
  return { notBefore, notAfter };
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day means its first second, or for the end of validity its last: `withinDayMs` later. */
function parseInstant(
  options: Options,
  name: 'not-before' | 'not-after',
  withinDayMs: number,
): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const at = day.test(text)
    ? Date.parse(text) + withinDayMs
    : instant.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidOrder(`--${name} must be a day (YYYY-MM-DD) or an ISO 8601 instant.`);
  return at;
}

function parseUsage(text: string): CardUsage {
  if (text === 'authentication' || text === 'signature') return text;
  throw new InvalidOrder('--usage must be authentication or signature.');
}

function parsePin(text: string): string {
  if (/^\d{4}$/.test(text)) return text;
  throw new InvalidOrder('--pin must be four digits.');
}

import type { RateLimit } from '#platform/rate-limit/rate-limiter.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** NIST SP 800-63B section 3.1.3.2; OWASP ASVS 6.5.5. */
export const codeLifetimeMs = 10 * minuteMs;
/** OWASP ASVS 6.6.3: a million codes, five tries. */
export const codeTries = 5;
export const codeDigits = 6;
/** Between two sendings of one change. */
export const resendPauseMs = 40_000;
/** From the form to the codes: there is time to find the telephone. */
export const changeLifetimeMs = 30 * minuteMs;

/** **Ce n'est pas moi** works for as long as somebody may be away. */
export const disputeLifetimeMs = 60 * dayMs;

/** An Order that has not answered by then has nothing to answer. */
export const requestLifetimeMs = 60 * dayMs;

/** How long a person, and the operator who asks, see what happened to her details. */
export const historyLifetimeMs = 400 * dayMs;

/** Requests beyond these are refused until their window ends. */
export const limits = {
  /** The first sending included. */
  codesByNumber: { most: 3, windowMs: hourMs },
  /** Somebody else's address or mobile must not be written to at will. */
  codesByRecipient: { most: 3, windowMs: hourMs },
  /** Each change is announced by up to two mails and two messages. */
  changesByNumber: { most: 10, windowMs: hourMs },
  /** An address may be a whole hospital's. */
  requestsByAddress: { most: 20, windowMs: hourMs },
} as const satisfies Record<string, RateLimit>;

/** What changes of contact details mean to an activation by mail and SMS. */
export interface ContactPolicy {
  /** How long a change made under an e-CPS keeps remote activation away (MitID: 5 days). */
  coolingOffMs: number;
}

export const contactPolicies = {
  psc: { coolingOffMs: 0 },
  hardened: { coolingOffMs: 5 * dayMs },
} as const satisfies Record<string, ContactPolicy>;

/**
 * From when an activation by mail and SMS may use the details; null where it may at once. Whoever has only her e-CPS
 * could else lead the next one to themselves. The way by card is never held up.
 */
export function remoteActivationFrom(
  { changedAt, changedUnder }: { changedAt: number; changedUnder: string | null },
  { coolingOffMs }: ContactPolicy,
): number | null {
  return changedUnder === 'ecps' && coolingOffMs > 0 ? changedAt + coolingOffMs : null;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long an e-CPS serves before it must be activated anew. */
export const credentialLifetimeMs = 3 * 365 * dayMs;

/** From the request to the end of its mail link: people read their mail within a day. */
export const enrolmentLifetimeMs = dayMs;
/** From a redeemed link to the password: there is time to finish. */
export const finishingMs = hourMs;
/** A card's QR code is scanned off the screen that shows it. */
export const cardLinkLifetimeMs = 90 * secondMs;
/** A page that shows card QR codes renews them for this long. */
export const cardEnrolmentLifetimeMs = 30 * minuteMs;
/** An enrolment that ended is listed for this long, so that the app can say why. */
export const endedRetentionMs = hourMs;

/** NIST SP 800-63B section 3.1.3.2; OWASP ASVS 6.5.5. */
export const codeLifetimeMs = 10 * minuteMs;
/** OWASP ASVS 6.6.3: a million codes, five tries. */
export const codeTries = 5;
export const codeDigits = 6;
/** Between two mails, or two SMS, of one enrolment. */
export const resendPauseMs = 40 * secondMs;
/** The first one included. */
export const messagesPerHour = 3;
export const resendWindowMs = hourMs;

/** **Mot de passe oublié**: from the number to its proof; afterwards its last page can be read again as long. */
export const removalLifetimeMs = 30 * minuteMs;

/** Elements that one enrolment may have evaluated: each closing of the app at the last step takes one. */
export const enrolmentEvaluations = 20;

/** A request to sign in. */
export const approvalLifetimeMs = 120 * secondMs;
/** From the phone's answer to the page that waits for it. */
export const consumptionMs = 60 * secondMs;
/** The question to her other phone. */
export const consentLifetimeMs = 10 * minuteMs;
/** A change of password, from the old one to the new one. */
export const passwordChangeLifetimeMs = 5 * minuteMs;
export const pendingPerPersonAndService = 3;
/** After so many unanswered questions only browsers that she has used may ask, for a while. */
export const unansweredLimit = 3;
export const unansweredPauseMs = 10 * minuteMs;
/** After **Ce n'est pas moi**. */
export const blockedBrowserMs = hourMs;
/** A browser that has not been used for so long is no longer one of hers. */
export const knownBrowserMs = 400 * dayMs;

/** Wrong passwords in a row, and what follows (field.md P3: Auðkenni). */
export const pauses = [
  { failures: 3, pauseMs: 15 * minuteMs },
  { failures: 6, pauseMs: 24 * hourMs },
] as const;
/** NIST SP 800-63B section 3.2.2 allows a hundred. */
export const failuresUntilDestroyed = 9;
/** Tries over the whole life that led to no signature. */
export const lifetimeFailures = 50;
/** After the last try the server waits so long for the signature that proves it right. */
export const lastTryMs = 30 * secondMs;

/** A nonce of a signed call. */
export const nonceLifetimeMs = minuteMs;
/** A call that changed something is remembered for longer than its nonce is good. */
export const proofRetentionMs = 2 * nonceLifetimeMs;

export const longPollMaxSeconds = 25;
export const longPollIntervalMs = 500;

/** Answered and ended rows serve support for a day. */
export const approvalRetentionMs = dayMs;

export interface Limit {
  most: number;
  windowMs: number;
}

/** Requests beyond these are refused with the instant from which they are answered again. */
export const limits = {
  /** An address may be a whole hospital's. */
  enrolmentsByAddress: { most: 60, windowMs: minuteMs },
  enrolmentsByDevice: { most: 10, windowMs: 15 * minuteMs },
  /** Mails to one number; more are delayed, not refused: a stranger must not keep her from activating. */
  mailsByNumber: { most: 10, windowMs: hourMs },
  /** Whoever asks from one address cannot use up what others may ask; delayed too. */
  mailsByAddressAndNumber: { most: 5, windowMs: hourMs },
  smsByNumber: { most: 6, windowMs: hourMs },
  redeemsByAddress: { most: 60, windowMs: minuteMs },
  /** Numbers typed, and cards asked for. */
  removalsByAddress: { most: 60, windowMs: 10 * minuteMs },
  removalCodesByAddress: { most: 30, windowMs: 10 * minuteMs },
  /** Strangers from several addresses can keep her from codes for a while; her card is never held up. */
  removalCodesByNumber: { most: 6, windowMs: hourMs },
  removalCodesByAddressAndNumber: { most: 3, windowMs: hourMs },
  approvalsByNumber: { most: 30, windowMs: 10 * minuteMs },
  approvalsByAddressAndNumber: { most: 25, windowMs: 10 * minuteMs },
  approvalsByBrowser: { most: 20, windowMs: 10 * minuteMs },
  passwordChangesByDevice: { most: 10, windowMs: hourMs },
} as const satisfies Record<string, Limit>;

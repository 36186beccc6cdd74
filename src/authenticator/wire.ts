/**
 * What the e-CPS app and its server say to each other: JSON over signed calls. Types only, so that the app carries
 * no validation library; `wire-schemas.ts` parses the same shapes on the server.
 *
 * Every call carries the header `E-CPS-Proof` (see `ProofPayload`), every answer the header `E-CPS-Nonce`. Errors
 * are RFC 9457 problems with one of `WireErrorCode` in `code`. Instants are milliseconds since the epoch by the
 * server's clock; binary values are base64url without padding.
 *
 * ```
 * POST   /api/enrolments                        EnrolmentRequest   202 EnrolmentView
 * GET    /api/enrolments                                           200 EnrolmentView[]  (pending ones of this device)
 * POST   /api/enrolments/{id}/mail                                 200 EnrolmentView    (sends the mail again)
 * DELETE /api/enrolments/{id}                                      204                  (given up)
 * POST   /api/activations                       ActivationRequest  200 EnrolmentView    (redeems a link)
 * POST   /api/enrolments/{id}/sms                                  200 EnrolmentView    (sends a code)
 * POST   /api/enrolments/{id}/code              CodeRequest        200 EnrolmentView
 * POST   /api/enrolments/{id}/consent                              200 EnrolmentView    (asks the other phone again)
 * POST   /api/enrolments/{id}/evaluation        BlindedRequest     200 EnrolmentEvaluation
 * POST   /api/enrolments/{id}/credential        CredentialRequest  201 ActivatedView
 * GET    /api/credentials                                          200 CredentialView[]
 * DELETE /api/credentials/{id}                                     200 DeactivatedView  (or of another phone of hers)
 * POST   /api/credentials/{id}/password-change                     201 ApprovalView     (of kind `password`)
 * GET    /api/approvals?wait=25&mark=…                             200 PhoneState       (long poll)
 * POST   /api/approvals/{id}/evaluation         EvaluationRequest  200 Evaluation
 * POST   /api/approvals/{id}/approval           ApprovalRequest    200 ApprovalReceipt
 * POST   /api/approvals/{id}/refusal            RefusalRequest     204
 * ```
 */

export const proofHeader = 'E-CPS-Proof';
export const nonceHeader = 'E-CPS-Nonce';
/** The server's instant, in milliseconds, on every answer: phone clocks are wrong, and a sandbox's runs ahead. */
export const nowHeader = 'E-CPS-Now';

/** Public half of an ECDSA P-256 key (RFC 7518 section 6.2.1), nothing else. */
export interface PublicKeyJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
}

/** Payload of `E-CPS-Proof`: JWS ES256, `typ: ecps-proof+jwt`, `kid` = RFC 7638 thumbprint of K_dev. */
export interface ProofPayload {
  htm: string;
  /** Absolute address with its query. */
  htu: string;
  /** SHA-256 of the body; of nothing where there is none. */
  bth: string;
  /** Of the last answer; empty in a first call, which is then answered `proof.nonce`. */
  nonce: string;
  jti: string;
}

/** A person's number on the wire: without prefix, as she knows it. */
export interface NumberView {
  kind: 'rpps' | 'adeli';
  value: string;
}

export interface EnrolmentRequest {
  /** 11 digits. */
  rpps: string;
  deviceKey: PublicKeyJwk;
  locale: 'fr' | 'en';
}

/**
 * `requested`: the mail has left, or will (known number or not). `mail_confirmed`: the code goes by SMS.
 * `awaiting_consent`: another phone of hers must agree. `verified`: the password is chosen now.
 * A pending enrolment that ends (by time, by **Bloquer**, refused by her other phone) is listed once more with
 * its `end` for an hour.
 */
export type EnrolmentStage =
  | 'requested'
  | 'mail_confirmed'
  | 'awaiting_consent'
  | 'verified'
  | 'active'
  | 'ended';
export type EnrolmentEnd = 'expired' | 'blocked' | 'refused' | 'cancelled';

export interface EnrolmentView {
  id: string;
  /** How the person proves who she is. */
  channel: 'mail' | 'card';
  stage: EnrolmentStage;
  /** Why it is over; null while it is not. */
  end: EnrolmentEnd | null;
  /** The number as it was typed, or that of the card. */
  nationalId: NumberView;
  /** Known to the app once the mail, or the card, has proven it; null before. */
  holder: { givenName: string; familyName: string } | null;
  /** Where the code goes, such as `•• •• •• •• 42`; null before the mail is confirmed, and by card. */
  maskedPhone: string | null;
  /** The last code sent; null where none was, or it is dead and another must be sent. */
  code: { expiresAt: number; triesLeft: number } | null;
  /** From when **Renvoyer** and **Renvoyer le SMS** are answered again; null: now. */
  mailAgainAt: number | null;
  smsAgainAt: number | null;
  /** The question to her other phone, in stage `awaiting_consent`. */
  consent: { status: 'pending' | 'unanswered'; expiresAt: number } | null;
  expiresAt: number;
}

export interface ActivationRequest {
  /** The token in the fragment of an activation address. */
  token: string;
  deviceKey: PublicKeyJwk;
}

export interface CodeRequest {
  /** Six digits. */
  code: string;
}

export interface BlindedRequest {
  /** Compressed P-256 point (33 bytes): the blinded element of RFC 9497 section 3.3.1. */
  blinded: string;
}

export interface EnrolmentEvaluation {
  credentialId: string;
  /** The evaluated element, a compressed point. */
  evaluated: string;
  /** SHA-256 of the compressed point k·G: the app pins it. */
  fingerprint: string;
}

export interface CredentialRequest {
  authKey: PublicKeyJwk;
  /** By K_auth, `typ: ecps-enrolment+jwt`, over `EnrolmentTranscript`. */
  jws: string;
}

/** What K_auth and, by the proof of the same call, K_dev both sign. */
export interface EnrolmentTranscript {
  enrolment: string;
  credential: string;
  nationalId: NumberView;
  /** RFC 7638 thumbprints. */
  deviceKey: string;
  authKey: string;
  fingerprint: string;
}

/** What is left before it hurts. */
export interface PasswordState {
  /** Wrong passwords in a row. */
  failures: number;
  /** Tries until the next consequence, this one not counted; 0 when locked or used up. */
  triesLeft: number;
  /** That consequence: a pause of so many minutes, or the end of the credential. */
  consequence: { pauseMinutes: number } | 'destroyed';
  /** No try before this instant; null where one may be made. */
  lockedUntil: number | null;
}

export type CredentialStatus = 'active' | 'expired' | 'frozen' | 'locked';

export interface CredentialView {
  id: string;
  nationalId: NumberView;
  givenName: string;
  familyName: string;
  status: CredentialStatus;
  activatedAt: number;
  expiresAt: number;
  fingerprint: string;
  password: PasswordState;
  /** The same person's e-CPS on other phones, each removable by this one. */
  others: { id: string; device: string; activatedAt: number }[];
}

/** A new e-CPS; `returnUrl`: inside a repair, where she goes on with it, in a browser. */
export interface ActivatedView extends CredentialView {
  returnUrl: string | null;
}

/** `rpps`: inside a repair, the number of the e-CPS that takes its place. */
export interface DeactivatedView {
  rpps: string | null;
}

/**
 * `sign_in`: a service asks who she is. `activation`: another phone wants an e-CPS under her number.
 * `password`: this app changes its password; never listed, it was asked for here.
 */
export type ApprovalKind = 'sign_in' | 'activation' | 'password';

export interface ApprovalView {
  id: string;
  kind: ApprovalKind;
  /** Credentials of this device that may answer. */
  credentialIds: string[];
  nationalId: NumberView;
  /** Null but for `sign_in`. */
  service: { clientId: string; name: string } | null;
  /** The browser, or the other phone, that asks, such as `Firefox, Windows`. */
  device: string;
  /** "près de"; null where it is not known. */
  place: string | null;
  requestedAt: number;
  expiresAt: number;
  /** `sign_in` in profile `psc`: three numbers, one of which the sign-in page shows; null: none is asked. */
  numbers: number[] | null;
}

export interface PhoneState {
  /** What the next long poll sends back: it waits until something differs. */
  mark: string;
  approvals: ApprovalView[];
  /** A credential that the app has and that is not here is gone. */
  credentials: CredentialView[];
}

export interface EvaluationRequest {
  credentialId: string;
  blinded: string;
  /** As pinned at the enrolment; another one is our fault and not counted. */
  fingerprint: string;
}

export interface Evaluation {
  evaluated: string;
  fingerprint: string;
  /** As it is if this try turns out wrong. */
  password: PasswordState;
}

/** What K_auth signs, `typ: ecps-approval+jwt`; the server builds the same and compares. */
export interface ApprovalPayload {
  approval: string;
  kind: ApprovalKind;
  credential: string;
  nationalId: NumberView;
  client: string | null;
  service: string | null;
  device: string;
  place: string | null;
  requestedAt: number;
  expiresAt: number;
  number: number | null;
}

export interface ApprovalRequest {
  credentialId: string;
  jws: string;
}

export interface ApprovalReceipt {
  /** `wrong_number` ends the request too. */
  status: 'approved' | 'wrong_number';
  /** Tries that failed since the last success, not counting this one: shown to the owner. */
  failuresBefore: number;
}

export interface RefusalRequest {
  credentialId: string;
  reason: 'refused' | 'not_me';
}

export type { WireErrorCode, WireProblem } from './wire-errors.ts';

/** Address that a mail's link and a card's QR code open: `<app>/activation#<token>`. */
export const activationPath = '/activation';
/**
 * A token begins with the proof behind it: a browser without the pending key tells a mail's link, which it must not
 * redeem, from a card's, which any phone may.
 */
export const tokenPrefix = { mail: 'm', card: 'c' } as const;
/** `<app>/#rpps=99700012042` opens the request with its number. */
export const rppsFragment = 'rpps';
/** Page of **Ce n'est pas moi** in a mail: `<app>/ce-n-est-pas-moi/<token>`. */
export const notMePath = '/ce-n-est-pas-moi';

/**
 * In a sandbox only: the home opens the app at an address whose fragment ends in these parameters, after the token
 * of an activation address where there is one (`#<token>&bac-a-sable=…&monde=…`).
 */
export const sandboxFragment = {
  /** Name of the store that this browser uses from now on: a persona's slug, or `default`. */
  store: 'bac-a-sable',
  /** Name of the sandbox's present life: stores filled in another one are emptied first. */
  world: 'monde',
  /** Fetches a credential, once, if that store is empty. */
  token: 'jeton',
} as const;

/** `POST` by `SandboxHandOverRequest`, unsigned; 200 the phone to import, 410 for a token that is used or too old. */
export const sandboxPhonePath = '/api/bac-a-sable';

export interface SandboxHandOverRequest {
  token: string;
}

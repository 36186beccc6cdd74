import type { Hono } from 'hono';
import type { NationalId, Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { StoredCredential } from './phone/index.ts';
import type { WalletPorts } from './removal/removal-parts.ts';
import type { PublicKeyJwk } from './wire.ts';

/** A browser that asks to sign in by e-CPS, or a service's program that asks for a person. */
export interface ApprovalQuestion {
  signInId: string;
  /** As it was typed: RPPS or ADELI number, with or without prefix. */
  identifier: string;
  /** Hash of a cookie that this browser keeps for long. */
  browserHash: string;
  /** Where the browser calls from, as limits count it. */
  address: string;
  service: { clientId: string; name: string };
  /** Such as `Firefox, Windows`. */
  device: string;
  place: string | null;
  /** What the other screen shows, 0 to 99, where that drew it itself. */
  number?: number;
  /** The usual one unless told, and never more. */
  lifetimeMs?: number;
}

/**
 * `pending` also for a number without e-CPS: it looks the same, and nobody answers. `blocked`: **Ce n'est pas moi**
 * was the last answer to this browser. `limited`: this browser asks too often, or it is not one of hers and three
 * questions are open for this person and service, or the last three went unanswered. Instants are milliseconds.
 */
export type ApprovalOutcome =
  | { outcome: 'pending'; approval: PendingApproval }
  | { outcome: 'malformed' }
  | { outcome: 'expired'; nationalId: NationalId; expiredAt: number }
  | { outcome: 'frozen'; nationalId: NationalId }
  | { outcome: 'locked'; nationalId: NationalId; until: number }
  | { outcome: 'blocked'; until: number }
  | { outcome: 'limited'; until: number };

export interface PendingApproval {
  id: string;
  /** The number that the page shows. */
  number: number;
  expiresAt: number;
}

/** `approved` until the sign-in has consumed it; `superseded` by a newer one of the same browser. */
export type ApprovalStatus =
  | 'pending'
  | 'approved'
  | 'consumed'
  | 'refused'
  | 'not_me'
  | 'wrong_number'
  | 'expired'
  | 'superseded'
  | 'cancelled';

export interface AskedApproval extends PendingApproval {
  status: ApprovalStatus;
  /** As it was understood. */
  nationalId: NationalId;
  requestedAt: number;
}

export type AuthenticatorState = 'none' | 'active' | 'expired' | 'adeli' | 'frozen' | 'locked';

export interface CardEnrolmentRequest {
  verification: Verification;
  /** The number of the e-CPS: that of the card, or of its link, whose conditions the caller has checked. */
  rpps: string;
  locale: 'fr' | 'en';
}

export interface CardEnrolment {
  id: string;
  /** Address for the QR code; redeemed within 90 s. */
  url: string;
  /** End of this address; `renewCardLink` makes the next one. */
  linkExpiresAt: number;
  /** End of the enrolment. */
  expiresAt: number;
  /** **Ce n'est pas moi**, for whoever tells the person of it. */
  notMeUrl: string;
}

/** A credential made for a persona, with the keys that a real phone would have made itself. */
export interface HandedCredential {
  device: { publicKey: PublicKeyJwk; privateKey: JsonWebKey };
  /** What the app stores: see `StoredCredential` of `#ecps-phone`. */
  credential: StoredCredential;
}

export interface SandboxCredential {
  nationalId: NationalId;
  givenName: string;
  familyName: string;
  profession: string | null;
  password: string;
  /** Instant; the usual lifetime unless told. In the past: an expired one. */
  expiresAt?: number;
  /** What the phone is called, such as `Téléphone du bac à sable`. */
  device: string;
}

export interface Authenticator extends AsyncDisposable {
  /** For the app listener: `/api/*` and the page of **Ce n'est pas moi**. */
  routes: Hono<AppEnv>;
  /** For the wallet listener: **Mot de passe oublié**. */
  walletRoutes(ports: WalletPorts): Hono<AppEnv>;
  /** Asks the person's phones; supersedes the browser's older question. */
  requestApproval(question: ApprovalQuestion): Promise<ApprovalOutcome>;
  /** How it stands, for the sign-in that asked; `undefined` for any other. */
  findApproval(id: string, signInId: string): Promise<AskedApproval | undefined>;
  /** Who approved, once; `undefined` where nobody did, or her e-CPS is gone meanwhile. */
  consumeApproval(question: { id: string; signInId: string }, unit?: Unit): Promise<Verification | undefined>;
  /** The same without taking it over. */
  findApproved(question: { id: string; signInId: string }): Promise<Verification | undefined>;
  /** The person goes another way: her phones stop asking. */
  cancelApproval(question: { id: string; signInId: string }): Promise<void>;
  /** What the person has, under her RPPS number; `adeli`: only one under the ADELI number of the link. */
  findState(nationalId: NationalId, linkedAdeli?: string | null): Promise<AuthenticatorState>;
  /** An enrolment that a card has already proven; its page and QR code belong to the caller, as `unit` may. */
  createCardEnrolment(request: CardEnrolmentRequest, unit?: Unit): Promise<CardEnrolment>;
  /** A fresh address for the QR code; `undefined` once it was redeemed or is over. */
  renewCardLink(enrolmentId: string): Promise<CardEnrolment | undefined>;
  /** Whether an enrolment by card became an active e-CPS. */
  findCardEnrolment(enrolmentId: string): Promise<'waiting' | 'redeemed' | 'active' | 'ended' | undefined>;
  /** Ends what **Ce n'est pas moi** froze; the caller has a card verification. */
  thaw(nationalId: NationalId): Promise<void>;
  /** Deletes rows that no longer matter. */
  sweep(): Promise<void>;
  readonly sandbox: {
    /** Makes a credential without a phone; for a sandbox's personas only. */
    createCredential(persona: SandboxCredential): Promise<HandedCredential>;
    /** The number that the sign-in page of this question shows: what a person in front of it reads. */
    findNumber(approvalId: string): Promise<number | undefined>;
  };
}

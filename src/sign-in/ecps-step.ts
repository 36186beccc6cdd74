import type { NationalId, Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';

/** What becomes of a request on the phone; `expired`: nobody answered in time. */
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

/** A request on the phone, as the page that waits for it needs it. */
export interface Approval {
  id: string;
  status: ApprovalStatus;
  nationalId: NationalId;
  /** What the page shows and the phone asks for: two digits. */
  number: number;
  /** Instant, milliseconds. */
  expiresAt: number;
}

/**
 * Why a request did not reach a phone. An expired e-CPS is told to whoever types its number. `blocked`: this browser
 * was refused by **Ce n'est pas moi**; `limited`: too many requests for this person are open or went unanswered.
 */
export type RefusedRequest =
  | { outcome: 'expired' | 'frozen' }
  | { outcome: 'locked' | 'blocked' | 'limited'; until: number };

export interface ApprovalQuestion {
  signInId: string;
  /** Wire form of the number that was typed. */
  identifier: string;
  /** SHA-256 of the cookie that names this browser. */
  browserHash: string;
  /** Where the browser calls from, as limits count it. */
  address: string;
  service: { clientId: string; name: string };
  /** "Firefox, Linux". */
  device: string;
  /** "près de"; null where nobody knows. */
  place: string | null;
}

/** What this module asks of the phone authenticator. */
export interface EcpsApprovals {
  /**
   * Asks the person's phones; an older request of the same browser ends. Pending for a number that nobody has, too: it
   * looks the same and nobody answers.
   */
  requestApproval(
    question: ApprovalQuestion,
  ): Promise<{ outcome: 'pending'; approval: { id: string } } | { outcome: 'malformed' } | RefusedRequest>;
  /** `undefined` for a request that is unknown or was made for another sign-in. */
  findApproval(id: string, signInId: string): Promise<Approval | undefined>;
  /** Who approved, while that has not been handed over. */
  findApproved(approval: { id: string; signInId: string }): Promise<Verification | undefined>;
  /** Hands it over within `unit`, once: of two concurrent calls one gets it. */
  consumeApproval(approval: { id: string; signInId: string }, unit: Unit): Promise<Verification | undefined>;
  /** The person goes another way: the phones stop asking. */
  cancelApproval(approval: { id: string; signInId: string }): Promise<void>;
  /** `frozen`: **Ce n'est pas moi** stopped the e-CPS under this number. */
  findState(nationalId: NationalId): Promise<string>;
  /** Ends that, for somebody who has just proven to hold the card. */
  thaw(nationalId: NationalId): Promise<void>;
}

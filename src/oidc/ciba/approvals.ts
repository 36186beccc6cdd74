import type { Authenticator } from '#authenticator';
import type { Method, NationalId, Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { hashId } from '../record-store.ts';

/** How a question stands; see `ApprovalStatus` of `#authenticator`. */
type Status = NonNullable<Awaited<ReturnType<Authenticator['findApproval']>>>['status'];

/** What a request is named by to whom it asks: not by what redeems it. */
export const signInIdOf = (authReqId: string): string => hashId(authReqId);

export interface BackchannelQuestion {
  /** Names the request of the service to whoever asks again; nobody else can. */
  signInId: string;
  nationalId: NationalId;
  service: { clientId: string; name: string };
  /** What the other screen shows: one of the numbers that the phone offers. */
  message: string;
  /** Milliseconds; the phone stops asking then. */
  lifetimeMs: number;
}

/** `unknown`: nobody can be asked under this number. */
export type BackchannelAnswer =
  | { outcome: 'pending'; approvalId: string }
  | { outcome: 'unknown' | 'expired' | 'frozen' }
  | { outcome: 'locked' | 'blocked' | 'limited'; until: number };

export interface Asked {
  id: string;
  signInId: string;
}

/** What asks a person who is not in front of a browser of ours. */
export interface BackchannelApprovals {
  /** The means that a person approves by: what level that reaches is the policy's to say. */
  method: Method;
  /** What a binding message looks like; empty stands for none. */
  message: RegExp;
  /** Whether anybody is known under this number. */
  isKnown(nationalId: NationalId): Promise<boolean>;
  request(question: BackchannelQuestion): Promise<BackchannelAnswer>;
  findStatus(asked: Asked): Promise<Status | undefined>;
  /** Who approved, while that has not been taken over. */
  findApproved(asked: Asked): Promise<Verification | undefined>;
  /** Takes it over within `unit`: of two concurrent calls one is true. */
  consume(asked: Asked, unit: Unit): Promise<boolean>;
}

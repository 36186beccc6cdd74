import type { StoredCredential } from '#ecps-phone';
import type {
  ApprovalView,
  CredentialView,
  EnrolmentEnd,
  EnrolmentView,
  NumberView,
} from '../../../src/authenticator/wire.ts';
import type { ActivationLink, Route } from './address.ts';

/** A credential that this phone keeps and the server knows. */
export interface HeldCredential {
  stored: StoredCredential;
  view: CredentialView;
}

/** What just happened and was not read yet: shown once, before anything else that can wait. */
export type Result =
  /** `returnUrl`: where a repair leads back to. */
  | { kind: 'activated'; nationalId: NumberView; returnUrl: string | null }
  | { kind: 'approved'; approval: ApprovalView; failuresBefore: number }
  | { kind: 'wrong_number' | 'refused' | 'not_me' | 'over' }
  | { kind: 'password_changed' }
  | { kind: 'deactivated' }
  | { kind: 'gone'; nationalId: NumberView; id: string; destroyed: boolean }
  | { kind: 'ended'; end: EnrolmentEnd }
  | { kind: 'dead_link'; reason: 'used' | 'expired' | 'unknown' }
  | { kind: 'elsewhere'; token: string }
  | { kind: 'install'; link: ActivationLink | undefined };

export interface AppState {
  /** Whether the server has answered, or there was nothing to ask it. */
  known: boolean;
  offline: boolean;
  /** A link that is being redeemed. */
  link: ActivationLink | undefined;
  route: Route;
  enrolment: EnrolmentView | undefined;
  approvals: ApprovalView[];
  credentials: HeldCredential[];
  result: Result | undefined;
  /** Id of the credential whose settings are open. */
  chosen: string | undefined;
  /** Number with which the request begins. */
  rpps: string | undefined;
  /** Whether the code of the pending enrolment was sent from here: it may be dead by now. */
  codeSent: boolean;
}

export const initialState: AppState = {
  known: false,
  offline: false,
  link: undefined,
  route: 'home',
  enrolment: undefined,
  approvals: [],
  credentials: [],
  result: undefined,
  chosen: undefined,
  rpps: undefined,
  codeSent: false,
};

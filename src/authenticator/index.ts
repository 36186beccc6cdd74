// Owns the e-CPS: the enrolment of a phone, its credentials and their passwords' server half, the approvals that a
// phone gives, and the API that the app speaks. It answers who was verified, how and when; it knows no sign-in but by
// its id, no OAuth, no card beyond a `Verification`, and writes no mail itself: `Messages` does.
export type {
  ApprovalOutcome,
  ApprovalQuestion,
  ApprovalStatus,
  AskedApproval,
  Authenticator,
  AuthenticatorState,
  CardEnrolment,
  CardEnrolmentRequest,
  HandedCredential,
  PendingApproval,
  SandboxCredential,
} from './face.ts';
export type {
  ActivationLinkMessage,
  CodeMessage,
  Messages,
  NoticeKind,
  NoticeMessage,
  NoticeRecipient,
  Recipient,
} from './messages-port.ts';

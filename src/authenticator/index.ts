// Owns the e-CPS: the enrolment of a phone, its credentials and their passwords' server half, the approvals that a
// phone gives, and the API that the app speaks. It answers who was verified, how and when; it knows no sign-in but by
// its id, no OAuth, no card beyond a `Verification`, and writes no mail itself: `Messages` does.

export { drawNumbers } from './approving/numbers.ts';
export { parseIdentifier } from './approving/parse-identifier.ts';
export {
  type AuthenticatorDependencies,
  createAuthenticator,
  isAppApi,
} from './authenticator.ts';
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
export { createMessages } from './messages/create-messages.ts';
export type {
  ActivationLinkMessage,
  CodeMessage,
  Messages,
  NoticeKind,
  NoticeMessage,
  NoticeRecipient,
  Recipient,
  RemovalCodesMessage,
} from './messages-port.ts';
export { migrations, resetTables } from './migrations.ts';
export type { AuthenticatorDirectory, EcpsSessions, OpenRepairs } from './parts.ts';
export { findRemovalReturn, removalPath } from './removal/paths.ts';
export type { RemovalCards, WalletPorts } from './removal/removal-parts.ts';
export { createAppShell, type ShellOptions } from './shell/index.ts';
export { activationPath, notMePath, rppsFragment, sandboxFragment, sandboxPhonePath } from './wire.ts';

// Owns the pages of one pass through a sign-in on wallet: the choice of a means, and what each means needs to show.
// What comes next is computed from what is stored. It knows no OAuth: a host lends it requests and takes the outcome;
// the means themselves (reader, chain, revocation; phones, passwords, approvals) are modules of their own.
export type { CardReaders, FailedCard } from './card-step.ts';
export type { EcpsMeansDependencies } from './ecps-means.ts';
export type {
  Approval,
  ApprovalQuestion,
  ApprovalStatus,
  EcpsApprovals,
  RefusedRequest,
} from './ecps-step.ts';
export { migrations, resetTables } from './migrations.ts';
export type { StartingPoint } from './pages.ts';
export { createSignIn, type SignIn, type SignInDependencies } from './sign-in.ts';
export { type ConsumeProof, ProofUsed, type SignInHost, type SignInRequest } from './sign-in-host.ts';

// Owns the diagnosis (which of the identifier one signed in with, the directory's record and the authenticator is stale)
// and the repair: tickets that outlive a session, wallet's pages, the ways out, the notice of a link's use. It reads the
// directory through its face, phones and sessions through ports, and knows no OAuth.
export { type BridgedSignIn, type Bridging, createBridging } from './bridging/create-bridging.ts';
export type { CaseFile, RepairSession } from './case-file.ts';
export type { RepairClaim } from './claim.ts';
export { type Cause, causes, type EcpsState } from './diagnosis.ts';
export type { EcpsStates } from './gather-facts.ts';
export type { LinkNotice, LinkNotices } from './link-notice.ts';
export { migrations, resetTables } from './migrations.ts';
export { createLinkNotices } from './notices/create-link-notices.ts';
export { createRepair, type Repair, type RepairDependencies } from './repair.ts';
export type { RepairAddresses, RepairEcps, SignInWish } from './repair-parts.ts';
export type { ShownAddress } from './shown-addresses.ts';

// Owns the diagnosis: which of the identifier one signed in with, the directory's record and the authenticator is
// stale, and the page on wallet that says so. It reads the directory through its face, phones through a port, and knows
// no OAuth.
export type { CaseFile, RepairSession } from './case-file.ts';
export { type Cause, causes, type EcpsState } from './diagnosis.ts';
export type { EcpsStates } from './gather-facts.ts';
export { createRepair, type Repair, type RepairDependencies } from './repair.ts';

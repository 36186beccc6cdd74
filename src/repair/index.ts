// Owns the diagnosis: which of the identifier one signed in with, the directory's record and the authenticator is
// stale, and the page on wallet that says so. It reads the directory through its face and knows no OAuth.
export type { CaseFile, RepairSession } from './case-file.ts';
export { type Cause, causes } from './diagnosis.ts';
export { createRepair, type Repair, type RepairDependencies } from './repair.ts';

import type { Verification } from '#national-id';
import type { Diagnosis, EcpsState, RecordFacts } from './diagnosis.ts';

/** Who is signed in on wallet in this browser, and the service they came from. */
export interface RepairSession {
  uid: string;
  verification: Verification;
  service?: { name: string; url: string };
}

/** A diagnosis with what it was made from. */
export interface CaseFile {
  verification: Verification;
  diagnosis: Diagnosis;
  record: RecordFacts | null;
  ecps: EcpsState;
  /** Instant of the extract that the directory was made from. */
  asOf: number | null;
}

/** Signed in under an ADELI number while an e-CPS is active under the RPPS number: that is all there is to do. */
export function isOfferedEcps({ verification, ecps }: CaseFile): boolean {
  return verification.nationalId.kind === 'adeli' && ecps === 'active';
}

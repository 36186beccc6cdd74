import type { Verification } from '#national-id';
import type { Diagnosis, RecordFacts } from './diagnosis.ts';

/** Who is signed in on wallet in this browser, and the service they came from. */
export interface RepairSession {
  verification: Verification;
  service?: { name: string; url: string };
}

/** A diagnosis with what it was made from. */
export interface CaseFile {
  verification: Verification;
  diagnosis: Diagnosis;
  record: RecordFacts | null;
  /** Instant of the extract that the directory was made from. */
  asOf: number | null;
}

import type { Verification } from '#national-id';
import type { Cause, Diagnosis, EcpsState, RecordFacts } from './diagnosis.ts';
import type { TicketSession } from './ticket.ts';

/** Who is signed in on wallet in this browser, and the services that this was for: the last one comes first. */
export interface RepairSession extends TicketSession {
  verification: Verification;
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

/** Causes that an e-CPS under the RPPS number ends. */
const endedByEcps: readonly Cause[] = ['ecps_under_adeli', 'legacy_adeli_identity'];

export const isEndedByEcps = (cause: Cause | null): boolean => cause !== null && endedByEcps.includes(cause);

/** Signed in under an ADELI number while an e-CPS is active under the RPPS number: that is all there is to do. */
export function isOfferedEcps({ verification, ecps }: CaseFile): boolean {
  return verification.nationalId.kind === 'adeli' && ecps === 'active';
}

/** The number under which an e-CPS is to be activated; null where that is not what the case needs. */
export function activationRpps(file: CaseFile): string | null {
  const { record, diagnosis } = file;
  return record && isEndedByEcps(diagnosis.cause) && !isOfferedEcps(file) ? record.rpps : null;
}

import type { Verification } from '#national-id';
import type { CaseFile } from './case-file.ts';
import type { Diagnosis, EcpsState } from './diagnosis.ts';

/** The `repair` claim of the contract. */
export interface RepairClaim {
  cause: Diagnosis['cause'];
  /** Where the person repairs it: an address, not a proof. */
  uri: string;
  steps: Diagnosis['steps'];
  chain: {
    signedIn: { method: Verification['method']; kind: Verification['nationalId']['kind'] };
    /** `asOf`: ISO 8601. */
    directory: { rpps: string | null; places: number | null; asOf: string | null };
    ecps: EcpsState;
  };
}

export function claimOf({ verification, diagnosis, record, ecps, asOf }: CaseFile, uri: URL): RepairClaim {
  return {
    cause: diagnosis.cause,
    uri: uri.href,
    steps: diagnosis.steps,
    chain: {
      signedIn: { method: verification.method, kind: verification.nationalId.kind },
      directory: {
        rpps: record?.rpps ?? null,
        places: record?.places ?? null,
        asOf: asOf === null ? null : new Date(asOf).toISOString(),
      },
      ecps,
    },
  };
}

import type { NationalId } from './national-id.ts';

/** The means by which a person proved who they are. */
export type Method = 'card' | 'ecps';

/**
 * "Who was verified, how, when?": the one answer of every means to sign in.
 * A card holder without a directory record is verified too.
 */
export interface Verification {
  nationalId: NationalId;
  /** The certificate's names for a card; the names of the enrolment for an e-CPS. */
  givenName: string;
  familyName: string;
  /** Code of TRE_G15 (`60` for a nurse) where the means tells one. */
  profession: string | null;
  method: Method;
  /** Instant, milliseconds. */
  verifiedAt: number;
}

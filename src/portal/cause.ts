/** Codes that the `repair` claim names causes by (contract, scope `repair`). */
export const causes = [
  'authenticator_expired',
  'identity_mismatch',
  'record_inactive',
  'no_rpps',
  'ecps_under_adeli',
  'legacy_adeli_identity',
  'no_contact_details',
  'place_closed',
  'no_place_of_practice',
] as const;

export type Cause = (typeof causes)[number];

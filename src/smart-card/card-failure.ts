/** Why a card was not recognised: the `data-code` of the wallet's page. */
export const cardFailures = [
  'no_certificate',
  'unknown_issuer',
  'not_yet_valid',
  'expired',
  'wrong_usage',
  'revoked',
  'revocation_unknown',
] as const;

export type CardFailure = (typeof cardFailures)[number];

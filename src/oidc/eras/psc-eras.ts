import type { ClaimsForm, OidcPolicy } from '../policy.ts';
import { createPsi } from './psi.ts';

/** How Pro Santé Connect answered at a time (pro-sante-connect.md 2.1, 2.2, 2.5, 2.6); docs/operating/claims.md lists them. */
export type PscEra = '2021' | '2022' | '2023' | '2023-04' | '2024' | '2026' | '2026-psi';

type Era = Pick<OidcPolicy, 'methodClaims' | 'levels' | 'acrValues' | 'claimsForm'>;

const form2022: ClaimsForm = {
  impliedScopes: ['identity'],
  emailVerified: false,
  userinfoAuthMode: false,
  rootCodes: false,
};
const form2023: ClaimsForm = { ...form2022, userinfoAuthMode: true };

const era2022: Era = {
  methodClaims: {
    card: { acr: 'eidas3', authMode: 'CARD' },
    ecps: { acr: 'eidas1', authMode: 'MOBILE' },
  },
  levels: { card: 'eidas3', ecps: 'eidas1' },
  acrValues: ['eidas1', 'eidas2', 'eidas3'],
  claimsForm: form2022,
};
const era2023: Era = { ...era2022, claimsForm: form2023 };
const era2026: Era = {
  methodClaims: {
    card: { acr: 'eidas2', authMode: 'CARD', auth_level: '1' },
    ecps: { acr: 'eidas1', authMode: 'MOBILE' },
  },
  levels: { card: 'eidas2', ecps: 'eidas1' },
  acrValues: ['eidas1', 'eidas2'],
  claimsForm: { ...form2023, rootCodes: true },
};

const eras: Record<PscEra, Era> = {
  '2021': {
    ...era2022,
    methodClaims: { card: { acr: 'eidas3' }, ecps: { acr: 'eidas1' } },
    claimsForm: { ...form2022, impliedScopes: ['profile', 'email'], emailVerified: true },
  },
  '2022': era2022,
  '2023': era2023,
  // No `acr` for an e-CPS: services that need one to compare with failed.
  '2023-04': { ...era2023, methodClaims: { ...era2023.methodClaims, ecps: { authMode: 'MOBILE' } } },
  // Services that know `eidas1` alone took cards until September 2026.
  '2024': {
    ...era2026,
    methodClaims: { ...era2026.methodClaims, card: { acr: 'eidas1', authMode: 'CARD' } },
  },
  '2026': era2026,
  '2026-psi': era2026,
};

/** `key`: a secret; who has it can tell whose a PSI is. Another key gives everybody another one. */
export function pscPolicyOf(era: PscEra, key: string): OidcPolicy {
  return {
    ...eras[era],
    ...(era === '2026-psi' ? { psiOf: createPsi(key) } : {}),
    refreshReuseRevokes: false,
    requirePkce: false,
  };
}

/** As Pro Santé Connect answers since September 2026. */
export const pscPolicy: OidcPolicy = { ...eras['2026'], refreshReuseRevokes: false, requirePkce: false };

import { formatIdNatPs, type NationalIdKind, type Verification } from '#national-id';
import { federationId } from './policy.ts';

export interface OtherId {
  identifiant: string;
  origine: string;
  qualite: number;
}

/** `origine` of an identifier (pro-sante-connect.md 7.1); `qualite` is 1 for all of these. */
const origins: Record<NationalIdKind, string> = {
  rpps: 'RPPS',
  adeli: 'ADELI',
  adeliPractice: 'CAB_ADELI',
  finessEmployee: 'FINESS',
  sirenEmployee: 'SIREN',
  siretEmployee: 'SIRET',
  rppsPractice: 'CAB_RPPS',
};

/** `sub` in the form of a Keycloak user federation: `f:<uuid>:<idNatPS>` (pro-sante-connect.md 2.5). */
export function subjectOf({ nationalId }: Pick<Verification, 'nationalId'>): string {
  return `f:${federationId}:${formatIdNatPs(nationalId)}`;
}

/** `SubjectNameID` and `preferred_username`: the national identifier with its prefix. */
export function identityClaims({ nationalId }: Verification) {
  const idNatPs = formatIdNatPs(nationalId);
  return { SubjectNameID: idNatPs, preferred_username: idNatPs };
}

/** The certificate's names for a card. */
export function nameClaims({ givenName, familyName }: Verification) {
  return { given_name: givenName, family_name: familyName };
}

export function otherIds({ nationalId }: Verification): OtherId[] {
  return [{ identifiant: formatIdNatPs(nationalId), origine: origins[nationalId.kind], qualite: 1 }];
}

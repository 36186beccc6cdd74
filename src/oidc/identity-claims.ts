import { formatIdNatPs, type NationalId, type NationalIdKind, type Verification } from '#national-id';
import { federationId, type OidcPolicy } from './policy.ts';

/** Who was verified and, with bridging on, the RPPS number that the ADELI number of the sign-in leads to. */
export interface BridgedVerification extends Verification {
  bridgedTo?: NationalId;
}

/** All that a subject is made of. */
type Numbers = Pick<BridgedVerification, 'nationalId' | 'bridgedTo'>;

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
  edit: 'EDIT',
};

/** The national identifier that services are told. */
export function identityOf({ nationalId, bridgedTo }: Numbers): NationalId {
  return bridgedTo ?? nationalId;
}

/** Whose a session is: everybody's that was verified under this number, whatever services are told. */
export function sessionOwner(nationalId: NationalId): string {
  return federated(formatIdNatPs(nationalId));
}

/** `sub` in the form of a Keycloak user federation: `f:<uuid>:<SubjectNameID>` (pro-sante-connect.md 2.5). */
export function subjectOf(verification: Numbers, policy: OidcPolicy): string {
  return federated(subjectName(verification, policy));
}

const federated = (name: string) => `f:${federationId}:${name}`;

/** `SubjectNameID` and `preferred_username`: the national identifier with its prefix, or the PSI. */
export function identityClaims(verification: BridgedVerification, policy: OidcPolicy) {
  const name = subjectName(verification, policy);
  return { SubjectNameID: name, preferred_username: name };
}

function subjectName(verification: Numbers, { psiOf }: OidcPolicy): string {
  const idNatPs = formatIdNatPs(identityOf(verification));
  return psiOf ? psiOf(idNatPs) : idNatPs;
}

/** The certificate's names for a card. */
export function nameClaims({ givenName, familyName }: Verification) {
  return { given_name: givenName, family_name: familyName };
}

/** Every number of the person that is vouched for; the PSI is of quality 2 (pro-sante-connect.md 2.5). */
export function otherIds(verification: BridgedVerification, { psiOf }: OidcPolicy): OtherId[] {
  const { nationalId, bridgedTo } = verification;
  const numbers = bridgedTo ? [bridgedTo, nationalId] : [nationalId];
  const psi = psiOf && {
    identifiant: psiOf(formatIdNatPs(identityOf(verification))),
    origine: 'PSI',
    qualite: 2,
  };
  return [...numbers.map(otherId), ...(psi ? [psi] : [])];
}

const otherId = (nationalId: NationalId): OtherId => ({
  identifiant: formatIdNatPs(nationalId),
  origine: origins[nationalId.kind],
  qualite: 1,
});

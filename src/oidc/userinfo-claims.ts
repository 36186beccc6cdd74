import { isEmployee } from '#national-id';
import {
  type BridgedVerification,
  identityClaims,
  identityOf,
  nameClaims,
  otherIds,
} from './identity-claims.ts';
import type { OidcPolicy } from './policy.ts';
import {
  type Activity,
  employeeExercise,
  exercisesOf,
  type PractitionerRecord,
  text,
} from './subject-ref-pro.ts';

/**
 * The claims of userinfo, whole; scopes pick from them (pro-sante-connect.md 2.6). Every absent value is an empty
 * string. Somebody without an activity (an ADELI card, whose number the directory does not hold, is one) gets the
 * form without activities.
 */
export function userinfoClaims(
  verification: BridgedVerification,
  policy: OidcPolicy,
  record: PractitionerRecord | undefined,
): Record<string, unknown> {
  const { emailVerified, rootCodes, userinfoAuthMode } = policy.claimsForm;
  const { authMode } = policy.methodClaims[verification.method];
  const codeCivilite = text(record?.practitioner.civility);
  const person = {
    ...identityClaims(verification, policy),
    ...nameClaims(verification),
    ...(userinfoAuthMode ? { authMode } : {}),
    ...(emailVerified ? { email_verified: false } : {}),
    otherIds: otherIds(verification, policy),
    ...(rootCodes ? { codeCivilite } : {}),
    ...policy.standardClaims,
  };
  const nationalId = identityOf(verification);
  const exercises = isEmployee(nationalId) ? [employeeExercise(nationalId, record)] : exercisesOf(record);
  const activity = exercises.flatMap(({ activities }) => activities)[0];
  if (!activity) return person;
  return {
    ...person,
    ...(rootCodes ? { codeGenreActivite: activity.codeGenreActivite } : {}),
    ...organizationClaims(activity),
    SubjectRole: exercises.map(({ codeProfession }) => coded(codeProfession, '1.2.250.1.213.1.1.5.5')),
    SubjectRefPro: { codeCivilite, exercices: exercises },
  };
}

function organizationClaims(activity: Activity) {
  return {
    Secteur_Activite: coded(activity.codeSecteurDactivite, '1.2.250.1.71.4.2.4'),
    SubjectOrganization: activity.raisonSocialeSite,
    SubjectOrganizationID: activity.identifiantTechniqueDeLaStructure,
    Mode_Acces_Raison: '',
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
  };
}

/** `code^OID`; empty where there is no code. */
function coded(code: string | undefined, oid: string): string {
  return code ? `${code}^${oid}` : '';
}

import { isEmployee, type Verification } from '#national-id';
import { identityClaims, nameClaims, otherIds } from './identity-claims.ts';
import type { MethodClaims } from './policy.ts';
import {
  type Exercise,
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
  verification: Verification,
  { authMode }: MethodClaims,
  record: PractitionerRecord | undefined,
): Record<string, unknown> {
  const person = {
    ...identityClaims(verification),
    ...nameClaims(verification),
    authMode,
    otherIds: otherIds(verification),
    codeCivilite: text(record?.practitioner.civility),
  };
  const exercises = isEmployee(verification.nationalId)
    ? [employeeExercise(verification.nationalId, record)]
    : exercisesOf(record);
  return exercises.some(({ activities }) => activities.length > 0)
    ? { ...person, ...professionalClaims(person.codeCivilite, exercises) }
    : person;
}

function professionalClaims(codeCivilite: string, exercises: readonly Exercise[]) {
  const activity = exercises.flatMap(({ activities }) => activities)[0];
  return {
    codeGenreActivite: text(activity?.codeGenreActivite),
    Secteur_Activite: coded(activity?.codeSecteurDactivite, '1.2.250.1.71.4.2.4'),
    SubjectOrganization: text(activity?.raisonSocialeSite),
    SubjectOrganizationID: text(activity?.identifiantTechniqueDeLaStructure),
    SubjectRole: exercises.map(({ codeProfession }) => coded(codeProfession, '1.2.250.1.213.1.1.5.5')),
    Mode_Acces_Raison: '',
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
    SubjectRefPro: { codeCivilite, exercices: exercises },
  };
}

/** `code^OID`; empty where there is no code. */
function coded(code: string | undefined, oid: string): string {
  return code ? `${code}^${oid}` : '';
}

import type { Organization, Practitioner, PractitionerRole } from '#directory';
import type { NationalId } from '#national-id';

/** What the directory tells about somebody, as far as claims need it. */
export interface PractitionerRecord {
  practitioner: Pick<
    Practitioner,
    'familyName' | 'givenName' | 'civility' | 'exerciseCivility' | 'qualifications'
  >;
  roles: readonly (PractitionerRole & { organization: Organization | null | undefined })[];
}

/** `exercice` of SubjectRefPro (pro-sante-connect.md 2.6). */
export interface Exercise {
  codeProfession: string;
  codeCategorieProfessionnelle: string;
  codeCiviliteDexercice: string;
  nomDexercice: string;
  prenomDexercice: string;
  codeTypeSavoirFaire: string;
  codeSavoirFaire: string;
  activities: Activity[];
}

/** `activity`, field by field as PSC spells them (`numeroFinessetablissementJuridique` is theirs). */
const noActivity = {
  codeModeExercice: '',
  codeSecteurDactivite: '',
  codeSectionPharmacien: '',
  codeRole: '',
  codeGenreActivite: '',
  numeroSiretSite: '',
  numeroSirenSite: '',
  numeroFinessSite: '',
  numeroFinessetablissementJuridique: '',
  identifiantTechniqueDeLaStructure: '',
  raisonSocialeSite: '',
  enseigneCommercialeSite: '',
  complementDestinataire: '',
  complementPointGeographique: '',
  numeroVoie: '',
  indiceRepetitionVoie: '',
  codeTypeDeVoie: '',
  libelleVoie: '',
  mentionDistribution: '',
  bureauCedex: '',
  codePostal: '',
  codeCommune: '',
  codePays: '',
  telephone: '',
  telephone2: '',
  telecopie: '',
  adresseEMail: '',
  codeDepartement: '',
  ancienIdentifiantDeLaStructure: '',
  autoriteDenregistrement: '',
};
export type Activity = typeof noActivity;

export function text(value: string | null | undefined): string {
  return value ?? '';
}

/** One `exercice` a profession, with the activities that go on. */
export function exercisesOf(record: PractitionerRecord | undefined): Exercise[] {
  if (!record) return [];
  const { practitioner } = record;
  const active = activeRoles(record);
  return practitioner.qualifications.map((qualification) => {
    const [expertise] = qualification.expertise;
    return {
      ...exerciseOf(practitioner),
      codeProfession: qualification.profession,
      codeCategorieProfessionnelle: text(qualification.category),
      codeTypeSavoirFaire: text(expertise?.typeCode),
      codeSavoirFaire: text(expertise?.code),
      activities: active.filter((role) => role.profession === qualification.profession).map(activityOf),
    };
  });
}

/**
 * An employee of a structure has no profession; where the directory tells no activity, the structure is in the
 * identifier (pro-sante-connect.md 7.1).
 */
export function employeeExercise(nationalId: NationalId, record: PractitionerRecord | undefined): Exercise {
  const activities = record ? activeRoles(record).map(activityOf) : [];
  return {
    ...exerciseOf(record?.practitioner),
    activities: activities.length > 0 ? activities : [{ ...noActivity, ...structureNumbers(nationalId) }],
  };
}

function structureNumbers({ kind, value }: NationalId): Partial<Activity> {
  const structure = value.split('/')[0] ?? '';
  if (kind === 'sirenEmployee') return { numeroSirenSite: structure };
  return kind === 'finessEmployee'
    ? { numeroFinessSite: structure, identifiantTechniqueDeLaStructure: `F${structure}` }
    : { numeroSiretSite: structure, identifiantTechniqueDeLaStructure: `C${structure}` };
}

function exerciseOf(practitioner: PractitionerRecord['practitioner'] | undefined): Exercise {
  return {
    codeProfession: '',
    codeCategorieProfessionnelle: '',
    codeCiviliteDexercice: text(practitioner?.exerciseCivility),
    nomDexercice: text(practitioner?.familyName),
    prenomDexercice: text(practitioner?.givenName),
    codeTypeSavoirFaire: '',
    codeSavoirFaire: '',
    activities: [],
  };
}

/** A row of the extract for somebody without an activity has its columns empty: that is no activity. */
function activeRoles({ roles }: PractitionerRecord): PractitionerRecord['roles'] {
  return roles.filter(
    (role) =>
      role.active && (role.organization || role.mode || role.sector || role.role || role.activityKind),
  );
}

function activityOf({ organization, ...role }: PractitionerRecord['roles'][number]): Activity {
  return {
    ...noActivity,
    codeModeExercice: text(role.mode),
    codeSecteurDactivite: text(role.sector),
    codeSectionPharmacien: text(role.pharmacistSection),
    codeRole: text(role.role),
    codeGenreActivite: text(role.activityKind),
    autoriteDenregistrement: text(role.registrationAuthority),
    ...(organization ? structureOf(organization) : {}),
  };
}

function structureOf(organization: Organization): Partial<Activity> {
  const { address } = organization;
  return {
    numeroSiretSite: text(organization.siret),
    numeroSirenSite: text(organization.siren),
    numeroFinessSite: text(organization.finessSite),
    numeroFinessetablissementJuridique: text(organization.finessLegalEntity),
    identifiantTechniqueDeLaStructure: organization.technicalId,
    raisonSocialeSite: text(organization.name),
    enseigneCommercialeSite: text(organization.tradeName),
    complementDestinataire: text(address.recipientComplement),
    complementPointGeographique: text(address.locationComplement),
    numeroVoie: text(address.houseNumber),
    indiceRepetitionVoie: text(address.repetitionIndex),
    codeTypeDeVoie: text(address.streetTypeCode),
    libelleVoie: text(address.streetName),
    mentionDistribution: text(address.distribution),
    bureauCedex: text(address.cedex),
    codePostal: text(address.postalCode),
    codeCommune: text(address.communeCode),
    codePays: text(address.countryCode),
    codeDepartement: text(address.departmentCode),
    telephone: text(organization.phone),
    telephone2: text(organization.phone2),
    telecopie: text(organization.fax),
    adresseEMail: text(organization.email),
    ancienIdentifiantDeLaStructure: text(organization.formerId),
  };
}

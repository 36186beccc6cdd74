const nos = (folder: string): string =>
  `https://mos.esante.gouv.fr/NOS/${folder}/FHIR/${folder.replace('TRE_', 'TRE-')}`;

/** Terminologies of the NOS (https://mos.esante.gouv.fr/NOS) and FR Core, by what they say. */
export const codeSystems = {
  identifierType: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203',
  organizationType: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-3307',
  observationValue: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  activityKind: nos('TRE_R22-GenreActivite'),
  exerciseMode: nos('TRE_R23-ModeExercice'),
  professionCategory: nos('TRE_R09-CategorieProfessionnelle'),
  sector: nos('TRE_R02-SecteurActivite'),
  municipality: nos('TRE_R13-Commune'),
  expertiseType: nos('TRE_R04-TypeSavoirFaire'),
  diplomaType: nos('TRE_R14-TypeDiplome'),
  registrationAuthority: nos('TRE_R60-AutoriteEnregistrement'),
  cardType: nos('TRE_R87-TypeCarte'),
  messagingType: nos('TRE_R256-TypeMessagerie'),
  mailboxType: nos('TRE_R257-TypeBAL'),
} as const;

/** Systems of business identifiers (annuaire, FR Core). */
export const identifierSystems = {
  idNatPs: 'urn:oid:1.2.250.1.71.4.2.1',
  rpps: 'https://rpps.esante.gouv.fr',
  idNatStruct: 'urn:oid:1.2.250.1.71.4.2.2',
  finess: 'https://finess.esante.gouv.fr',
  sirene: 'https://sirene.fr',
  rppsRank: 'https://rppsrang.esante.gouv.fr',
} as const;

/**
 * A terminology and the codes that it holds among those of one column of the extract, which mixes several.
 * Without `among` and `startsWith` it holds whatever no other family of the list claims.
 */
export interface CodeFamily {
  system: string;
  among?: readonly string[];
  startsWith?: string;
}

/** JDV_J106-EnsembleProfession-RASS: four terminologies, disjoint codes. */
export const professionFamilies: readonly CodeFamily[] = [
  { system: nos('TRE_R95-UsagerTitre'), among: ['71', '72', '73', '93'] },
  { system: nos('TRE_R94-ProfessionSocial'), among: ['41'] },
  { system: nos('TRE_R291-AutreProfession'), among: ['99'] },
  { system: nos('TRE_G15-ProfessionSante') },
];

/** JDV_J108-EnsembleFonction-RASS. */
export const roleFamilies: readonly CodeFamily[] = [
  { system: nos('TRE_R85-RolePriseCharge'), startsWith: '3' },
  { system: nos('TRE_R96-AutreFonctionSanitaire'), startsWith: '4' },
  { system: nos('TRE_R21-Fonction') },
];

/** JDV_J73-MetierPharmacien-RASS: sections are single letters, sub-sections of D and E have two. */
export const pharmacistSectionFamilies: readonly CodeFamily[] = [
  { system: nos('TRE_R06-SectionTableauCNOP'), among: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] },
  { system: nos('TRE_G05-SousSectionTableauCNOP') },
];

/** The terminology of a savoir-faire follows from its type (TRE_R04), not from its code. */
export const expertiseSystems: Readonly<Record<string, string>> = {
  S: nos('TRE_R38-SpecialiteOrdinale'),
  C: nos('TRE_R39-Competence'),
  CEX: nos('TRE_R40-CompetenceExclusive'),
  DNQ: nos('TRE_R42-DESCnonQualifiant'),
  CAPA: nos('TRE_R43-CapaciteSavoirFaire'),
  PAC: nos('TRE_R44-QualificationPAC'),
  FQ: nos('TRE_R45-FonctionQualifiee'),
  DEC: nos('TRE_R97-DroitExerciceCompl'),
  OP: nos('TRE_G13-OrientationParticuliere'),
};

/** The terminology of a diploma follows from its type (TRE_R14). */
export const diplomaSystems: Readonly<Record<string, string>> = {
  DE: nos('TRE_R48-DiplomeEtatFrancais'),
  DES: nos('TRE_R49-DiplomeEtudeSpecialisee'),
  DESC1: nos('TRE_R50-DESCGroupe1Diplome'),
  DESC2: nos('TRE_R51-DESCGroupe2Diplome'),
  CAPA: nos('TRE_R52-CapaciteDiplome'),
  DEEE: nos('TRE_R53-DiplomePaysEEE'),
  DU: nos('TRE_R54-DiplomeUniversiteInterUniversitaire'),
  CES: nos('TRE_R55-CertificatEtudeSpeciale'),
  ATT: nos('TRE_R56-Attestation'),
  DEES: nos('TRE_R57-DiplomeEuropeenEtudeSpecialisee'),
  AU: nos('TRE_R58-AutreTypeDiplome'),
  DAU: nos('TRE_R36-AutreDiplomeObtenu'),
  CQ: nos('TRE_R47-CommissionQualification'),
  D2C: nos('TRE_R226-Dip2iemeCycleNQ'),
};

const annuaire = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition';
const frCore = 'https://hl7.fr/ig/fhir/core/StructureDefinition';
const addressPart = (part: string): string => `http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-${part}`;

export const extensionUrls = {
  dataTrace: `${annuaire}/as-ext-data-trace`,
  organizationTypes: `${annuaire}/as-ext-organization-types`,
  smartCard: `${annuaire}/as-ext-smartcard`,
  mailboxMetadata: `${annuaire}/as-ext-mailbox-mss-metadata`,
  emailType: `${frCore}/fr-core-contact-point-email-type`,
  inseeCode: `${frCore}/fr-core-address-insee-code`,
  careOf: addressPart('careOf'),
  additionalLocator: addressPart('additionalLocator'),
  houseNumber: addressPart('houseNumber'),
  buildingNumberSuffix: addressPart('buildingNumberSuffix'),
  streetNameType: addressPart('streetNameType'),
  streetNameBase: addressPart('streetNameBase'),
  postBox: addressPart('postBox'),
} as const;

/** FR Core's canonical, then the open-data profile of the annuaire. */
export const profiles = {
  Practitioner: [`${frCore}/fr-core-practitioner`, `${annuaire}/as-dp-practitioner`],
  PractitionerRole: [`${frCore}/fr-core-practitioner-role`, `${annuaire}/as-dp-practitionerrole`],
  Organization: [`${frCore}/fr-core-organization`, `${annuaire}/as-dp-organization`],
  Device: [`${annuaire}/as-dp-device`],
  HealthcareService: [`${annuaire}/as-dp-healthcareservice-healthcare-activity`],
} as const;

/** The terminology that holds a code of a mixed column. */
export function systemOf(families: readonly CodeFamily[], code: string): string {
  const family = families.find((candidate) => claims(candidate, code)) ?? families.at(-1);
  return family?.system ?? '';
}

function claims({ among, startsWith }: CodeFamily, code: string): boolean {
  return (among?.includes(code) ?? false) || (startsWith !== undefined && code.startsWith(startsWith));
}

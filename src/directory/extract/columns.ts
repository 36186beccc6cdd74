/** The columns that begin every extract that names persons. */
const person = {
  identifierType: "Type d'identifiant PP",
  identifier: 'Identifiant PP',
  idNatPs: 'Identification nationale PP',
} as const;

const names = { familyName: "Nom d'exercice", givenName: "Prénom d'exercice" } as const;

const profession = {
  profession: 'Code profession',
  professionLabel: 'Libellé profession',
  category: 'Code catégorie professionnelle',
  categoryLabel: 'Libellé catégorie professionnelle',
} as const;

const expertise = {
  expertiseType: 'Code type savoir-faire',
  expertiseTypeLabel: 'Libellé type savoir-faire',
  expertise: 'Code savoir-faire',
  expertiseLabel: 'Libellé savoir-faire',
} as const;

/** PS_LibreAcces_Personne_activite: 56 columns in the file's order, one row an activity. */
export const activityColumns = {
  ...person,
  exerciseCivility: "Code civilité d'exercice",
  exerciseCivilityLabel: "Libellé civilité d'exercice",
  civility: 'Code civilité',
  civilityLabel: 'Libellé civilité',
  ...names,
  ...profession,
  ...expertise,
  mode: 'Code mode exercice',
  modeLabel: 'Libellé mode exercice',
  siret: 'Numéro SIRET site',
  siren: 'Numéro SIREN site',
  finessSite: 'Numéro FINESS site',
  finessLegalEntity: 'Numéro FINESS établissement juridique',
  technicalId: 'Identifiant technique de la structure',
  name: 'Raison sociale site',
  tradeName: 'Enseigne commerciale site',
  recipientComplement: 'Complément destinataire (coord. structure)',
  locationComplement: 'Complément point géographique (coord. structure)',
  houseNumber: 'Numéro Voie (coord. structure)',
  repetitionIndex: 'Indice répétition voie (coord. structure)',
  streetTypeCode: 'Code type de voie (coord. structure)',
  streetTypeLabel: 'Libellé type de voie (coord. structure)',
  streetName: 'Libellé Voie (coord. structure)',
  distribution: 'Mention distribution (coord. structure)',
  cedex: 'Bureau cedex (coord. structure)',
  postalCode: 'Code postal (coord. structure)',
  communeCode: 'Code commune (coord. structure)',
  communeName: 'Libellé commune (coord. structure)',
  countryCode: 'Code pays (coord. structure)',
  countryName: 'Libellé pays (coord. structure)',
  phone: 'Téléphone (coord. structure)',
  phone2: 'Téléphone 2 (coord. structure)',
  fax: 'Télécopie (coord. structure)',
  email: 'Adresse e-mail (coord. structure)',
  departmentCode: 'Code Département (structure)',
  departmentName: 'Libellé Département (structure)',
  formerId: 'Ancien identifiant de la structure',
  registrationAuthority: "Autorité d'enregistrement",
  sector: "Code secteur d'activité",
  sectorLabel: "Libellé secteur d'activité",
  pharmacistSection: 'Code section tableau pharmaciens',
  pharmacistSectionLabel: 'Libellé section tableau pharmaciens',
  role: 'Code rôle',
  roleLabel: 'Libellé rôle',
  activityKind: 'Code genre activité',
  activityKindLabel: 'Libellé genre activité',
} as const;

/** PS_LibreAcces_SavoirFaire: 13 columns. */
export const expertiseColumns = { ...person, ...names, ...profession, ...expertise } as const;

/** PS_LibreAcces_Dipl_AutExerc: 13 columns; a row holds a diploma, an authorisation, or both. */
export const diplomaColumns = {
  ...person,
  ...names,
  diplomaType: 'Code type diplôme obtenu',
  diplomaTypeLabel: 'Libellé type diplôme obtenu',
  diploma: 'Code diplôme obtenu',
  diplomaLabel: 'Libellé diplôme obtenu',
  authorizationType: 'Code type autorisation',
  authorizationTypeLabel: 'Libellé type autorisation',
  discipline: 'Code discipline autorisation',
  disciplineLabel: 'Libellé discipline autorisation',
} as const;

/** Porteurs_CPS_CPF: the order of its columns is not published, so only what is read is named. */
export const cardColumns = {
  identifier: 'Identifiant PP',
  cardType: 'Code type de carte',
  cardTypeLabel: 'Libellé type de carte',
  cardNumber: 'Numéro carte',
  nationalIdInCard: 'Identifiant national contenu dans la carte',
  startsOn: 'Date début validité',
  endsOn: 'Date fin validité',
  opposedOn: 'Date opposition',
} as const;

/** Extraction_Correspondance_MSSante: the columns that are read of its 31. */
export const mailboxColumns = {
  mailboxType: 'Type de BAL',
  address: 'Adresse BAL',
  identifierType: 'Type Identifiant PP',
  identifier: 'Identifiant PP',
  idNatPs: 'Identification nationale PP',
  structureType: 'Type identifiant structure',
  structure: 'Identification Structure',
  service: 'Service de rattachement',
  digitization: 'Dématérialisation',
} as const;

const restrictedNames = [
  ...([
    'identifierType',
    'identifier',
    'idNatPs',
    'familyName',
    'givenName',
    'civility',
    'profession',
  ] as const),
  ...(['category', 'exerciseCivility', 'expertiseType', 'expertise', 'mode', 'sector', 'role'] as const),
  ...([
    'pharmacistSection',
    'siret',
    'siren',
    'finessSite',
    'finessLegalEntity',
    'technicalId',
    'name',
  ] as const),
  ...(['tradeName', 'recipientComplement', 'locationComplement', 'houseNumber', 'repetitionIndex'] as const),
  ...(['streetTypeCode', 'streetName', 'distribution', 'cedex', 'postalCode', 'communeCode'] as const),
  ...(['countryCode', 'phone', 'phone2', 'fax', 'email', 'formerId', 'registrationAuthority'] as const),
] as const;

/**
 * Extraction_ProSanteConnect_Personne_activite, which is not published: the codes of Personne_activite without their
 * labels, and what is known of the person. What else it has of a birth is not read.
 */
export const restrictedColumns: Record<string, string> = {
  ...Object.fromEntries(restrictedNames.map((key) => [key, activityColumns[key]])),
  departmentCode: 'Code département (coord. structure)',
  birthName: 'Nom de famille',
  givenNames: 'Prénoms',
  contactPhone: 'Téléphone (coord. correspondance)',
  contactEmail: 'Adresse e-mail (coord. correspondance)',
};

/** What is read where the file has it, and missed without complaint where not. */
export const optionalColumns = {
  restricted: { otherIds: 'Autres identifiants', activityKind: "Code genre d'activité" },
  cards: { identifierType: "Type d'identifiant PP", idNatPs: 'Identification nationale PP' },
} as const;

export type ActivityColumn = keyof typeof activityColumns;
/** An activity row by column; absent columns are empty. */
export type ActivityRecord = Partial<Record<ActivityColumn, string>>;

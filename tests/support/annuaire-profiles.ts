/**
 * What the profiles of the annuaire's open data fix (as-dp-practitioner, as-dp-practitionerrole, as-dp-organization),
 * written down from the implementation guide and not from the product's own tables.
 */
interface Profile {
  /** Elements that a resource may have, and whether they are there while it is active. */
  elements: Record<string, 'always' | 'active' | 'optional'>;
  /** Elements that are left of one that is inactive. */
  inactive: readonly string[];
  /** Codes of `identifier.type`, each 0..1. */
  identifiers: Record<string, { system: string; value: RegExp; always?: true }>;
  /** URLs of extensions by path: nothing else is an extension. */
  extensions: Record<string, readonly string[]>;
  /** Fixed systems, uses and codes by path: what is there is one of them. */
  fixed: Record<string, readonly string[]>;
  /** Pairs of systems that the codings of one concept may have, in order. */
  concepts: Record<string, readonly (readonly string[])[]>;
}

const annuaire = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition';
const frCore = 'https://hl7.fr/ig/fhir/core/StructureDefinition';
const adxp = 'http://hl7.org/fhir/StructureDefinition/iso21090-ADXP';
const v20203 = 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203';
const tre = (name: string) => `https://mos.esante.gouv.fr/NOS/${name}/FHIR/${name.replace('TRE_', 'TRE-')}`;

const professions = [
  'TRE_G15-ProfessionSante',
  'TRE_R94-ProfessionSocial',
  'TRE_R95-UsagerTitre',
  'TRE_R291-AutreProfession',
];

const metaElements = {
  'meta.extension': [`${annuaire}/as-ext-data-trace`],
  'meta.extension.extension': ['autorite-enregistrement', 'systeme-information', 'date-maj-ae'],
};
const traceConcepts = {
  'meta.extension.extension.valueCodeableConcept': [[tre('TRE_R60-AutoriteEnregistrement')]],
};
const traceCodes = { 'meta.extension.extension.valueCode': ['RPPS', 'FINESS', 'CG', 'MSS'] };

const mailboxExtensions = {
  'telecom.extension': [
    `${frCore}/fr-core-contact-point-email-type`,
    `${annuaire}/as-ext-mailbox-mss-metadata`,
  ],
  'telecom.extension.extension': ['type', 'description', 'service', 'digitization'],
};
const mailboxConcepts = {
  'telecom.extension.extension.valueCodeableConcept': [[tre('TRE_R257-TypeBAL')]],
};
const mailboxFixed = {
  'telecom.extension.valueCoding.system': [tre('TRE_R256-TypeMessagerie')],
  'telecom.extension.valueCoding.code': ['MSSANTE'],
};
const onlyMailboxes = { ...mailboxFixed, 'telecom.system': ['email'] };

export const profiles: Record<string, Profile> = {
  Practitioner: {
    elements: {
      ...{ resourceType: 'always', id: 'always', meta: 'always', identifier: 'always', active: 'always' },
      ...{ language: 'active', extension: 'optional', name: 'active', telecom: 'optional' },
      qualification: 'optional',
    },
    inactive: ['resourceType', 'id', 'meta', 'identifier', 'active'],
    identifiers: {
      IDNPS: {
        system: 'urn:oid:1.2.250.1.71.4.2.1',
        value: /^(8\d{11}|0\w{9}|[3-6]\w{9,14}\/[\w.-]+)$/,
        always: true,
      },
      RPPS: { system: 'https://rpps.esante.gouv.fr', value: /^\d{11}$/ },
    },
    extensions: {
      ...metaElements,
      ...mailboxExtensions,
      extension: [`${annuaire}/as-ext-smartcard`],
      'extension.extension': ['type', 'number', 'period'],
    },
    fixed: {
      ...traceCodes,
      ...onlyMailboxes,
      language: ['fr'],
      'identifier.use': ['official'],
      'name.use': ['usual'],
      'name.prefix': ['M', 'MME', 'MLLE'],
    },
    concepts: {
      ...traceConcepts,
      ...mailboxConcepts,
      'identifier.type': [[v20203]],
      'extension.extension.valueCodeableConcept': [[tre('TRE_R87-TypeCarte')]],
      'qualification.code': [
        [tre('TRE_R48-DiplomeEtatFrancais'), tre('TRE_R14-TypeDiplome')],
        ...professions.map((profession) => [tre(profession), tre('TRE_R09-CategorieProfessionnelle')]),
        ...professions.map((profession) => [tre(profession)]),
        [tre('TRE_R04-TypeSavoirFaire'), tre('TRE_R45-FonctionQualifiee')],
        [tre('TRE_R04-TypeSavoirFaire'), tre('TRE_R38-SpecialiteOrdinale')],
        [tre('TRE_R04-TypeSavoirFaire'), tre('TRE_R44-QualificationPAC')],
      ],
    },
  },
  PractitionerRole: {
    // Its business identifier is 1..1 in the profile, but is in no open extract.
    elements: {
      ...{ resourceType: 'always', id: 'always', meta: 'always', active: 'always', practitioner: 'always' },
      ...{ language: 'active', organization: 'optional', code: 'optional', telecom: 'optional' },
    },
    inactive: ['resourceType', 'id', 'meta', 'active', 'practitioner', 'organization'],
    identifiers: {},
    extensions: { ...metaElements, ...mailboxExtensions },
    fixed: { ...traceCodes, ...onlyMailboxes, language: ['fr'] },
    concepts: {
      ...traceConcepts,
      ...mailboxConcepts,
      code: [
        'TRE_R22-GenreActivite',
        'TRE_R23-ModeExercice',
        'TRE_R21-Fonction',
        'TRE_R85-RolePriseCharge',
        'TRE_R96-AutreFonctionSanitaire',
        'TRE_R06-SectionTableauCNOP',
        'TRE_G05-SousSectionTableauCNOP',
      ].map((system) => [tre(system)]),
    },
  },
  Organization: {
    elements: {
      ...{ resourceType: 'always', id: 'always', meta: 'always', active: 'always', identifier: 'optional' },
      ...{ language: 'active', type: 'active', name: 'optional', alias: 'optional', telecom: 'optional' },
      ...{ address: 'optional', partOf: 'optional' },
    },
    inactive: ['resourceType', 'id', 'meta', 'identifier', 'active', 'name'],
    identifiers: {
      IDNST: { system: 'urn:oid:1.2.250.1.71.4.2.2', value: /^\w/ },
      FINEG: { system: 'https://finess.esante.gouv.fr', value: /^\w{9}$/ },
      FINEJ: { system: 'https://finess.esante.gouv.fr', value: /^\w{9}$/ },
      SIREN: { system: 'https://sirene.fr', value: /^\d{9}$/ },
      SIRET: { system: 'https://sirene.fr', value: /^\d{14}$/ },
      RPPSRG: { system: 'https://rppsrang.esante.gouv.fr', value: /^\w+$/ },
    },
    extensions: {
      ...metaElements,
      ...mailboxExtensions,
      'type.extension': [`${annuaire}/as-ext-organization-types`],
      'address.extension': [`${frCore}/fr-core-address-insee-code`],
      'address._line.extension': [
        ...['careOf', 'additionalLocator', 'houseNumber', 'buildingNumberSuffix', 'streetNameType'],
        ...['streetNameBase', 'postBox'],
      ].map((part) => `${adxp}-${part}`),
    },
    fixed: {
      ...traceCodes,
      ...mailboxFixed,
      language: ['fr'],
      'identifier.use': ['official'],
      'partOf.identifier.use': ['official'],
      'partOf.identifier.system': ['https://finess.esante.gouv.fr'],
      'telecom.system': ['phone', 'fax', 'email'],
      'type.extension.valueCode': ['organizationType', 'secteurActiviteRASS'],
      'address.extension.valueCoding.system': [tre('TRE_R13-Commune')],
    },
    concepts: {
      ...traceConcepts,
      ...mailboxConcepts,
      'identifier.type': [[v20203]],
      'partOf.identifier.type': [[v20203]],
      type: [['https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-3307'], [tre('TRE_R02-SecteurActivite')]],
    },
  },
};

import type { ActivityRecord } from '#directory';

/** A nurse by her number, without an activity. */
export function person(number: string, names: Partial<ActivityRecord> = {}): ActivityRecord {
  return {
    identifierType: '8',
    identifier: number,
    idNatPs: `8${number}`,
    civility: 'MME',
    civilityLabel: 'Madame',
    familyName: 'FONTAINE',
    givenName: 'CLAIRE',
    profession: '60',
    professionLabel: 'Infirmier',
    category: 'C',
    categoryLabel: 'Civil',
    ...names,
  };
}

/** An activity on her own account. */
export const liberal: ActivityRecord = {
  mode: 'L',
  modeLabel: 'Libéral, indépendant, artisan, commerçant',
  role: 'FON-01',
  roleLabel: 'Titulaire de cabinet',
  activityKind: 'GENR01',
  activityKindLabel: 'Activité standard de soin ou de pharmacien',
  registrationAuthority: 'ONI/ONI/ONI',
};

/** A practice in the Morbihan. */
export function practice(technicalId: string, place: Partial<ActivityRecord> = {}): ActivityRecord {
  return {
    technicalId,
    formerId: `4${technicalId.slice(1)}`,
    name: 'CABINET INFIRMIER DES HALLES',
    sector: 'SA07',
    sectorLabel: 'Cabinet individuel',
    houseNumber: '12',
    streetTypeCode: 'R',
    streetTypeLabel: 'Rue',
    streetName: 'DES HALLES',
    cedex: '56100 LORIENT',
    postalCode: '56100',
    communeCode: '56121',
    communeName: 'Lorient',
    countryCode: '99100',
    countryName: 'France',
    phone: '0297000012',
    ...place,
  };
}

/** A public hospital, as FINESS knows it. */
export const hospital: ActivityRecord = {
  technicalId: 'F560000127',
  formerId: '1560000127',
  finessSite: '560000127',
  finessLegalEntity: '560023210',
  siren: '990000002',
  siret: '99000000200016',
  name: 'GH BRETAGNE SUD - SITE DU SCORFF',
  tradeName: 'HÔPITAL DU SCORFF',
  sector: 'SA01',
  sectorLabel: 'Etablissement public de santé',
  postalCode: '56322',
  communeCode: '56121',
  communeName: 'Lorient',
  email: 'accueil@example.org',
};

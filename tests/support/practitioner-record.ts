import type { Organization, PractitionerRole } from '#directory';
import type { PractitionerRecord } from '#oidc';

/** What the directory holds of a nurse with one practice. */
export function nurseRecord(): PractitionerRecord {
  return {
    practitioner: {
      familyName: 'MARTIN',
      givenName: 'Claire',
      civility: 'MME',
      exerciseCivility: null,
      qualifications: [
        {
          profession: '60',
          professionLabel: 'Infirmier',
          category: 'C',
          categoryLabel: 'Civil',
          expertise: [],
        },
      ],
    },
    roles: [{ ...role(), organization: organization() }],
  };
}

const dated = { active: true, endedAt: null, mailboxes: [], lastUpdatedAt: 0, versionId: 1 };

export function role(changes: Partial<PractitionerRole> = {}): PractitionerRole {
  return {
    ...dated,
    id: 'r1',
    practitionerId: 'p1',
    organizationId: 'o1',
    profession: '60',
    professionLabel: 'Infirmier',
    mode: 'L',
    modeLabel: 'Libéral',
    sector: 'SA07',
    sectorLabel: 'Cabinet individuel',
    role: null,
    roleLabel: null,
    activityKind: 'GENR01',
    activityKindLabel: 'Activité standard',
    pharmacistSection: null,
    pharmacistSectionLabel: null,
    registrationAuthority: 'CNOI/CNOI/CNOI',
    ...changes,
  };
}

export function organization(): Organization {
  return {
    ...dated,
    id: 'o1',
    technicalId: 'R102671',
    formerId: '499700000013008',
    siret: '39806996300013',
    siren: null,
    finessSite: null,
    finessLegalEntity: null,
    name: 'CABINET INFIRMIER DU PORT',
    tradeName: null,
    address: {
      recipientComplement: null,
      locationComplement: null,
      houseNumber: '12',
      repetitionIndex: null,
      streetTypeCode: 'QUAI',
      streetTypeLabel: 'Quai',
      streetName: 'DES INDES',
      distribution: null,
      cedex: '56100 LORIENT',
      postalCode: '56100',
      communeCode: '56121',
      communeName: 'Lorient',
      countryCode: '99000',
      countryName: 'France',
      departmentCode: '56',
      departmentName: 'Morbihan',
    },
    phone: '0297000012',
    phone2: null,
    fax: null,
    email: null,
    sector: 'SA07',
    sectorLabel: 'Cabinet individuel',
    registrationAuthority: 'CNOI/CNOI/CNOI',
  };
}

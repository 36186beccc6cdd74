import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Organization } from '../organization.ts';
import type { Practitioner } from '../practitioner.ts';
import type { PractitionerRole } from '../practitioner-role.ts';
import { renderOrganization } from './render-organization.ts';
import { renderPractitioner } from './render-practitioner.ts';
import { renderPractitionerRole } from './render-practitioner-role.ts';

const lastUpdatedAt = Date.parse('2026-11-23T01:02:03.004Z');
const versioned = { active: true, endedAt: null, lastUpdatedAt, versionId: 2 };

const nurse: Practitioner = {
  ...versioned,
  id: '003-1',
  idNatPs: '899700000013',
  nationalId: { kind: 'rpps', value: '99700000013' },
  familyName: 'FONTAINE',
  givenName: 'CLAIRE',
  birthName: null,
  civility: 'MME',
  exerciseCivility: null,
  qualifications: [
    { profession: '60', professionLabel: 'Infirmier', category: 'C', categoryLabel: 'Civil', expertise: [] },
  ],
  diplomas: [],
  mailboxes: [],
  cards: [],
  registrationAuthority: 'ONI/ONI/ONI',
};

test('a nurse has the profile, identifiers, name and profession of the national API, in its order', () => {
  assert.equal(
    JSON.stringify(renderPractitioner(nurse), null, 1),
    JSON.stringify(
      {
        resourceType: 'Practitioner',
        id: '003-1',
        meta: {
          extension: [
            {
              url: 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-data-trace',
              extension: [
                {
                  url: 'autorite-enregistrement',
                  valueCodeableConcept: {
                    coding: [
                      {
                        system:
                          'https://mos.esante.gouv.fr/NOS/TRE_R60-AutoriteEnregistrement/FHIR/TRE-R60-AutoriteEnregistrement',
                        code: 'ONI',
                      },
                    ],
                  },
                },
                { url: 'systeme-information', valueCode: 'RPPS' },
              ],
            },
          ],
          versionId: '2',
          lastUpdated: '2026-11-23T01:02:03.004+00:00',
          source: 'https://annuaire.sante.fr',
          profile: [
            'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-practitioner',
            'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-dp-practitioner',
          ],
        },
        language: 'fr',
        identifier: [
          {
            use: 'official',
            type: {
              coding: [
                { system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'IDNPS' },
              ],
            },
            system: 'urn:oid:1.2.250.1.71.4.2.1',
            value: '899700000013',
          },
          {
            use: 'official',
            type: {
              coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'RPPS' }],
            },
            system: 'https://rpps.esante.gouv.fr',
            value: '99700000013',
          },
        ],
        active: true,
        name: [{ use: 'usual', family: 'FONTAINE', given: ['CLAIRE'], prefix: ['MME'] }],
        qualification: [
          {
            code: {
              coding: [
                {
                  system:
                    'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
                  code: '60',
                  display: 'Infirmier',
                },
                {
                  system:
                    'https://mos.esante.gouv.fr/NOS/TRE_R09-CategorieProfessionnelle/FHIR/TRE-R09-CategorieProfessionnelle',
                  code: 'C',
                  display: 'Civil',
                },
              ],
            },
          },
        ],
      },
      null,
      1,
    ),
  );
});

test('savoir-faire, diplomas, mailboxes and cards take the terminology of their type', () => {
  const doctor = renderPractitioner({
    ...nurse,
    exerciseCivility: 'DR',
    qualifications: [
      {
        ...{ profession: '93', professionLabel: null, category: null, categoryLabel: null },
        expertise: [{ typeCode: 'S', typeLabel: null, code: 'SM54', label: 'Médecine générale' }],
      },
    ],
    diplomas: [
      {
        ...{ typeCode: 'DE', typeLabel: null, code: 'DE09', label: null },
        ...{
          authorizationTypeCode: null,
          authorizationTypeLabel: null,
          disciplineCode: null,
          disciplineLabel: null,
        },
      },
    ],
    mailboxes: [{ type: 'PER', address: 'c@x.mssante.fr', service: null, digitization: false }],
    cards: [
      {
        ...{ type: 'CPS', typeLabel: null, number: '2800000001', nationalIdInCard: null },
        ...{ startsOn: '2026-01-01', endsOn: '2029-01-01', opposedOn: '2026-02-02' },
      },
    ],
  });
  const systems = JSON.stringify(doctor.qualification).match(/TRE-[^"]+/g);
  assert.deepEqual(systems, [
    'TRE-R48-DiplomeEtatFrancais',
    'TRE-R14-TypeDiplome',
    'TRE-R95-UsagerTitre',
    'TRE-R04-TypeSavoirFaire',
    'TRE-R38-SpecialiteOrdinale',
  ]);
  assert.match(
    JSON.stringify(doctor.telecom),
    /MSSANTE.*"type".*PER.*"valueBoolean":false.*c@x\.mssante\.fr/,
  );
  assert.match(JSON.stringify(doctor.extension), /CPS.*2800000001.*2029-01-01/);
  assert.doesNotMatch(JSON.stringify(doctor), /2026-02-02/);
});

test('of an inactive practitioner only identifiers are left', () => {
  const gone = renderPractitioner({ ...nurse, active: false, endedAt: lastUpdatedAt });
  assert.deepEqual(Object.keys(gone), ['resourceType', 'id', 'meta', 'identifier', 'active']);
  assert.equal(gone.active, false);
});

const role: PractitionerRole = {
  ...versioned,
  ...{ id: '005-1', practitionerId: '003-1', organizationId: '001-1' },
  ...{ profession: '60', professionLabel: 'Infirmier', mode: 'L', modeLabel: 'Libéral', sector: 'SA07' },
  ...{ sectorLabel: null, role: 'FON-01', roleLabel: null, activityKind: 'GENR01', activityKindLabel: null },
  ...{ pharmacistSection: null, pharmacistSectionLabel: null, registrationAuthority: null, mailboxes: [] },
};

test('a role has one concept an idea, and no profession', () => {
  const rendered = renderPractitionerRole(role);
  assert.deepEqual(rendered.practitioner, { reference: 'Practitioner/003-1' });
  assert.deepEqual(rendered.organization, { reference: 'Organization/001-1' });
  assert.deepEqual(rendered.code, [
    { coding: [{ system: nos('TRE_R22-GenreActivite'), code: 'GENR01' }] },
    { coding: [{ system: nos('TRE_R23-ModeExercice'), code: 'L', display: 'Libéral' }] },
    { coding: [{ system: nos('TRE_R21-Fonction'), code: 'FON-01' }] },
  ]);
});

test('functions and pharmacist sections belong to the terminology that holds their code', () => {
  const rendered = renderPractitionerRole({ ...role, role: '318', pharmacistSection: 'DA' });
  assert.match(JSON.stringify(rendered.code), /TRE-R85-RolePriseCharge","code":"318".*TRE-G05.*"code":"DA"/);
  assert.match(JSON.stringify(renderPractitionerRole({ ...role, role: '407' }).code), /TRE-R96/);
  assert.match(JSON.stringify(renderPractitionerRole({ ...role, pharmacistSection: 'A' }).code), /TRE-R06/);
});

const practice: Organization = {
  ...versioned,
  ...{ id: '001-1', technicalId: 'R10000000000001', formerId: '499700000013001' },
  ...{ siret: null, siren: null, finessSite: null, finessLegalEntity: null },
  ...{ name: 'CABINET FONTAINE', tradeName: 'LES HALLES', sector: 'SA07', sectorLabel: 'Cabinet individuel' },
  ...{ phone: '0297000012', phone2: '0297000048', fax: null, email: 'a@b.fr', registrationAuthority: null },
  mailboxes: [],
  address: {
    ...{ recipientComplement: 'BAT B', locationComplement: null, houseNumber: '12', repetitionIndex: 'B' },
    ...{ streetTypeCode: 'R', streetTypeLabel: 'RUE', streetName: 'DES HALLES', distribution: null },
    ...{ cedex: '56100 LORIENT', postalCode: '56100', communeCode: '56121', communeName: null },
    ...{ countryCode: '99100', countryName: 'FRANCE', departmentCode: '56', departmentName: 'MORBIHAN' },
  },
};

test('a practice is a legal entity with its rank, and its address tells the parts of each line', () => {
  const rendered = renderOrganization(practice);
  const types = (rendered.identifier as { type: { coding: { code: string }[] }; value: string }[]).map(
    ({ type, value }) => `${type.coding[0]?.code} ${value}`,
  );
  assert.deepEqual(types, ['IDNST 499700000013001', 'RPPSRG 99700000013001']);
  assert.match(JSON.stringify(rendered.type), /organizationType.*LEGAL-ENTITY.*secteurActiviteRASS.*SA07/);
  assert.deepEqual(rendered.alias, ['LES HALLES']);
  assert.deepEqual(rendered.telecom, [
    { system: 'phone', value: '0297000012', rank: 1 },
    { system: 'phone', value: '0297000048', rank: 2 },
    { system: 'email', value: 'a@b.fr' },
  ]);
  const part = (name: string, valueString: string) => ({
    url: `http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-${name}`,
    valueString,
  });
  assert.deepEqual(rendered.address, [
    {
      extension: [
        {
          url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code',
          valueCoding: { system: nos('TRE_R13-Commune'), code: '56121' },
        },
      ],
      line: ['BAT B', '12 B RUE DES HALLES'],
      _line: [
        { extension: [part('careOf', 'BAT B')] },
        {
          extension: [
            part('houseNumber', '12'),
            part('buildingNumberSuffix', 'B'),
            part('streetNameType', 'R'),
            part('streetNameBase', 'DES HALLES'),
          ],
        },
      ],
      city: 'LORIENT',
      district: '56',
      postalCode: '56100',
      country: '99100',
    },
  ]);
});

test('a line of which nothing is told apart has no empty extension beside it', () => {
  const street = { houseNumber: null, repetitionIndex: null, streetTypeCode: null, streetName: null };
  const linesOf = (recipientComplement: string | null) => {
    const address = { ...practice.address, ...street, recipientComplement };
    const [rendered] = renderOrganization({ ...practice, address }).address as Record<string, unknown>[];
    return [rendered?.line, (rendered?._line as unknown[] | undefined)?.[1], '_line' in (rendered ?? {})];
  };
  assert.deepEqual(linesOf('BAT B'), [['BAT B', 'RUE'], null, true]);
  assert.deepEqual(linesOf(null), [['RUE'], undefined, false]);
});

test('a department that the extract leaves out follows from the commune, else from the postal code', () => {
  const districtOf = (communeCode: string | null, postalCode: string | null) => {
    const address = { ...practice.address, departmentCode: null, communeCode, postalCode };
    const [rendered] = renderOrganization({ ...practice, address }).address as { district?: string }[];
    return rendered?.district;
  };
  assert.equal(districtOf('56121', '56100'), '56');
  assert.equal(districtOf('2A004', '20000'), '2A');
  assert.equal(districtOf('97411', null), '974');
  assert.equal(districtOf(null, '01000'), '01');
  assert.equal(districtOf(null, '98800'), '988');
  assert.equal(districtOf(null, '20000'), undefined);
  assert.equal(districtOf(null, null), undefined);
});

test('a FINESS site names its legal entity as what it is part of', () => {
  const site = { ...practice, technicalId: 'F560000001', formerId: '1560000001', finessSite: '560000001' };
  const rendered = renderOrganization({ ...site, finessLegalEntity: '560000009' });
  assert.match(JSON.stringify(rendered.type), /GEOGRAPHICAL-ENTITY/);
  assert.match(JSON.stringify(rendered.meta), /FINESS/);
  assert.match(JSON.stringify(rendered.partOf), /FINEJ.*560000009/);
  assert.doesNotMatch(JSON.stringify(rendered.identifier), /560000009/);
});

test('a closed place keeps identifiers and name; a place without address has none', () => {
  const closed = renderOrganization({ ...practice, active: false, endedAt: lastUpdatedAt });
  assert.deepEqual(Object.keys(closed), ['resourceType', 'id', 'meta', 'identifier', 'active', 'name']);
  const empty = Object.fromEntries(Object.keys(practice.address).map((column) => [column, null]));
  const nowhere = renderOrganization({ ...practice, address: empty as unknown as Organization['address'] });
  assert.equal('address' in nowhere, false);
});

function nos(folder: string): string {
  return `https://mos.esante.gouv.fr/NOS/${folder}/FHIR/${folder.replace('TRE_', 'TRE-')}`;
}

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { OrganizationField, PractitionerField, RoleField } from '../directory-store.ts';
import type { FieldDefinition } from './compile-filter.ts';

const detail = (name: string, column: string, lowered = false): FieldDefinition => ({
  column: `d.${column}`,
  lowered,
  exists: (condition) =>
    sql`exists (select 1 from ${sql.table(name)} as d where d.practitioner_id = practitioner.id and ${condition})`,
});

const mailbox = (owner: RawBuilder<SqlBool>): FieldDefinition => ({
  column: 'd.address',
  lowered: true,
  exists: (condition) => sql`exists (select 1 from mailbox as d where ${owner} and ${condition})`,
});

const common = {
  id: { column: 'id' },
  active: { column: 'active' },
  lastUpdatedAt: { column: 'last_updated_at' },
  registrationAuthority: { column: 'registration_authority' },
};
const familyName = { column: 'family_name', folded: 'family_search' };
const givenName = { column: 'given_name', folded: 'given_search' };
const city = { column: 'commune_name', folded: 'city_search' };
const postalCode = { column: 'postal_code' };
const addressLine = { column: 'street_name', folded: 'line_search', lines: true };

/** What each search field reads; tables are named without schema. */
export const practitionerFields: Record<PractitionerField, FieldDefinition> = {
  ...common,
  idNatPs: { column: 'id_nat_ps' },
  rpps: { column: 'rpps' },
  familyName,
  givenName,
  name: { anyOf: [familyName, givenName] },
  profession: detail('qualification', 'profession'),
  category: detail('qualification', 'category'),
  expertiseType: {
    anyOf: [detail('qualification', 'expertise_type'), detail('expertise', 'expertise_type')],
  },
  expertise: { anyOf: [detail('qualification', 'expertise'), detail('expertise', 'expertise')] },
  diplomaType: detail('diploma', 'type'),
  diploma: detail('diploma', 'code'),
  cardNumber: detail('card', 'number', true),
  cardType: detail('card', 'type'),
  mailbox: mailbox(sql`d.practitioner_id = practitioner.id and d.structure = ''`),
};

export const roleFields: Record<RoleField, FieldDefinition> = {
  ...common,
  practitionerId: { column: 'practitioner_id' },
  organizationId: { column: 'organization_id' },
  profession: { column: 'profession' },
  mode: { column: 'mode' },
  sector: { column: 'sector' },
  role: { column: 'role' },
  activityKind: { column: 'activity_kind' },
  pharmacistSection: { column: 'pharmacist_section' },
  mailbox: mailbox(
    sql`d.practitioner_id = practitioner_role.practitioner_id and d.structure = (select o.former_id from organization as o where o.id = practitioner_role.organization_id)`,
  ),
};

export const organizationFields: Record<OrganizationField, FieldDefinition> = {
  ...common,
  technicalId: { column: 'technical_id' },
  formerId: { column: 'former_id' },
  siret: { column: 'siret' },
  siren: { column: 'siren' },
  finessSite: { column: 'finess_site' },
  finessLegalEntity: { column: 'finess_legal_entity' },
  name: { column: 'name', folded: 'name_search' },
  tradeName: { column: 'trade_name', folded: 'trade_name_search' },
  sector: { column: 'sector' },
  city,
  postalCode,
  communeCode: { column: 'commune_code' },
  addressLine,
  address: { anyOf: [addressLine, city, postalCode] },
  mailbox: mailbox(sql`d.practitioner_id = '' and d.structure = organization.former_id`),
};

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { OrganizationField, PractitionerField, RoleField } from '../directory-store.ts';
import { type IdentifiedTable, parseId } from '../technical-id.ts';
import type { FieldDefinition, Predicate } from './compile-filter.ts';
import type { KindTable } from './kinds.ts';

/** The kinds of a person. `+` keeps SQLite from seeking each kind of a list by itself. */
const kindOf = (held: string, kinds: KindTable, column: string): FieldDefinition => ({
  kinds,
  column,
  within: (list) =>
    sql`exists (select 1 from ${sql.table(held)} as h where h.practitioner = practitioner.n and +h.kind in (${list}))`,
  numbers: (list) => sql`select practitioner as n from ${sql.table(held)} where kind in (${list})`,
});

const qualification = (column: string) => kindOf('qualification', 'qualification_kind', column);
const expertise = (column: string) => kindOf('expertise', 'qualification_kind', column);
const diploma = (column: string) => kindOf('diploma', 'diploma_kind', column);

const card = (column: string, lowered = false): FieldDefinition => ({
  column: `d.${column}`,
  lowered,
  within: (condition) =>
    sql`exists (select 1 from card as d where d.practitioner = practitioner.n and ${condition})`,
  numbers: (condition) => sql`select d.practitioner as n from card as d where ${condition}`,
});

/** `owners` begins the select of the numbers of whom they belong to. */
const mailbox = (belongs: Predicate, owners: RawBuilder<unknown>): FieldDefinition => ({
  column: 'd.address',
  lowered: true,
  within: (condition) => sql`exists (select 1 from mailbox as d where ${belongs} and ${condition})`,
  numbers: (condition) => sql`${owners} and ${condition}`,
});

const roleKind = (column: string): FieldDefinition => ({
  kinds: 'role_kind',
  column,
  within: (list, { isKnown }) => sql`${sql.raw(isKnown ? '+' : '')}practitioner_role.kind in (${list})`,
  by: 'kind',
});

/** A reference by the id of what is referred to. */
const reference = (column: string, table: IdentifiedTable): FieldDefinition => ({
  column: 't.id',
  store: (id) => parseId(table, id),
  within: (condition) =>
    sql`${sql.ref(column)} in (select t.n from ${sql.table(table)} as t where ${condition})`,
  by: column.split('.').at(-1) ?? column,
});

const common = (table: IdentifiedTable) => ({
  id: { column: 'id', store: (id: string) => parseId(table, id) },
  active: { column: 'active' },
  lastUpdatedAt: { column: 'last_updated_at' },
});

const familyName = { folded: 'family_search' };
const givenName = { folded: 'given_search' };
const city = { folded: 'city_search' };
const postalCode = { column: 'postal_code', optional: true };
const addressLine = { folded: 'line_search', lines: true };

/** What each search field reads; tables are named without schema. */
export const practitionerFields: Record<PractitionerField, FieldDefinition> = {
  ...common('practitioner'),
  registrationAuthority: { column: 'registration_authority' },
  idNatPs: { column: 'id_nat_ps' },
  rpps: {
    column: 'id_nat_ps',
    store: (number) => `8${number}`,
    within: (condition) => sql`(${condition} and id_nat_ps >= '8' and id_nat_ps < '9')`,
    by: 'id_nat_ps',
  },
  familyName,
  givenName,
  name: { anyOf: [familyName, givenName] },
  profession: qualification('profession'),
  category: qualification('category'),
  expertiseType: { anyOf: [qualification('expertise_type'), expertise('expertise_type')] },
  expertise: { anyOf: [qualification('expertise'), expertise('expertise')] },
  diplomaType: diploma('type'),
  diploma: diploma('code'),
  cardNumber: card('number', true),
  cardType: card('type'),
  mailbox: mailbox(
    sql<SqlBool>`d.owner = practitioner.n and d.structure = ''`,
    sql`select d.owner as n from mailbox as d where d.structure = ''`,
  ),
};

export const roleFields: Record<RoleField, FieldDefinition> = {
  ...common('practitioner_role'),
  registrationAuthority: roleKind('registration_authority'),
  practitionerId: reference('practitioner_role.practitioner', 'practitioner'),
  organizationId: reference('practitioner_role.organization', 'organization'),
  town: { copied: 'town_search' },
  familyName: { copied: 'family_search' },
  profession: { column: 'profession' },
  mode: roleKind('mode'),
  sector: roleKind('sector'),
  role: roleKind('role'),
  activityKind: roleKind('activity_kind'),
  pharmacistSection: roleKind('pharmacist_section'),
  mailbox: mailbox(
    sql<SqlBool>`d.owner = practitioner_role.practitioner and d.structure = (select o.former_id from organization as o where o.n = practitioner_role.organization)`,
    sql`select r.n as n from mailbox as d
      inner join practitioner_role as r on r.practitioner = d.owner
      inner join organization as o on o.n = r.organization and o.former_id = d.structure where 1 = 1`,
  ),
};

export const organizationFields: Record<OrganizationField, FieldDefinition> = {
  ...common('organization'),
  registrationAuthority: { column: 'registration_authority' },
  technicalId: { column: 'technical_id' },
  formerId: { column: 'former_id' },
  siret: { column: 'siret' },
  siren: { column: 'siren' },
  finessSite: { column: 'finess_site' },
  finessLegalEntity: { column: 'finess_legal_entity' },
  name: { folded: 'name_search' },
  tradeName: { folded: 'trade_name_search' },
  sector: { column: 'sector' },
  city,
  postalCode,
  communeCode: { column: 'commune_code' },
  addressLine,
  address: { anyOf: [addressLine, city, postalCode] },
  mailbox: mailbox(
    sql<SqlBool>`d.practitioner is null and d.structure = organization.former_id`,
    sql`select o.n as n from mailbox as d
      inner join organization as o on o.former_id = d.structure where d.practitioner is null`,
  ),
};

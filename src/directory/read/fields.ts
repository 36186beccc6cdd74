import { type SqlBool, sql } from 'kysely';
import type { OrganizationField, PractitionerField, RoleField } from '../directory-store.ts';
import { type IdentifiedTable, parseId } from '../technical-id.ts';
import type { FieldDefinition, Predicate } from './compile-filter.ts';

/** The kinds of a person: a code of theirs is sought among the few tuples first. */
const kindOf = (held: string, kinds: string, column: string): FieldDefinition => ({
  column: `k.${column}`,
  within: (condition) =>
    sql`exists (select 1 from ${sql.table(held)} as h where h.practitioner = practitioner.n
      and h.kind in (select k.n from ${sql.table(kinds)} as k where ${condition}))`,
});

const qualification = (column: string) => kindOf('qualification', 'qualification_kind', column);
const expertise = (column: string) => kindOf('expertise', 'qualification_kind', column);
const diploma = (column: string) => kindOf('diploma', 'diploma_kind', column);

const card = (column: string, lowered = false): FieldDefinition => ({
  column: `d.${column}`,
  lowered,
  within: (condition) =>
    sql`exists (select 1 from card as d where d.practitioner = practitioner.n and ${condition})`,
});

const mailbox = (belongs: Predicate): FieldDefinition => ({
  column: 'd.address',
  lowered: true,
  within: (condition) => sql`exists (select 1 from mailbox as d where ${belongs} and ${condition})`,
});

const roleKind = (column: string): FieldDefinition => ({
  column: `k.${column}`,
  within: (condition) => sql`practitioner_role.kind in (select k.n from role_kind as k where ${condition})`,
});

/** A reference by the id of what is referred to. */
const reference = (column: string, table: IdentifiedTable): FieldDefinition => ({
  column: 't.id',
  store: (id) => parseId(table, id),
  within: (condition) =>
    sql`${sql.ref(column)} in (select t.n from ${sql.table(table)} as t where ${condition})`,
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
  mailbox: mailbox(sql<SqlBool>`d.owner = practitioner.n and d.structure = ''`),
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
  mailbox: mailbox(sql<SqlBool>`d.practitioner is null and d.structure = organization.former_id`),
};

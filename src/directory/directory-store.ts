import type { Organization } from './organization.ts';
import type { Practitioner } from './practitioner.ts';
import type { PractitionerRole } from './practitioner-role.ts';
import type { IdentifiedTable } from './technical-id.ts';

/**
 * How a value is compared. `startsWith` and `contains` ignore case and accents; `equals` is exact. `present` tells
 * whether the field has a value (`values` is empty). The last four are for `lastUpdatedAt`.
 */
export type Match = 'equals' | 'startsWith' | 'contains' | 'present' | 'gt' | 'ge' | 'lt' | 'le';

/** True where the field matches any of the values. */
export interface Condition<Field extends string> {
  field: Field;
  match: Match;
  values: readonly (string | number | boolean)[];
}

export type Filter<Field extends string> =
  | Condition<Field>
  | { anyOf: readonly Filter<Field>[] }
  | { allOf: readonly Filter<Field>[] }
  | { noneOf: readonly Filter<Field>[] }
  | LinkFilter;

/** True where a resource that is tied to this one matches all of `where`. */
export type LinkFilter =
  | { link: 'practitionerRoles'; where: readonly Filter<RoleField>[] }
  | { link: 'organizationRoles'; where: readonly Filter<RoleField>[] }
  | { link: 'rolePractitioner'; where: readonly Filter<PractitionerField>[] }
  | { link: 'roleOrganization'; where: readonly Filter<OrganizationField>[] };

type CommonField = 'id' | 'active' | 'lastUpdatedAt' | 'registrationAuthority' | 'mailbox';

export type PractitionerField =
  | CommonField
  | 'idNatPs'
  /** RPPS number alone. */
  | 'rpps'
  | 'familyName'
  | 'givenName'
  /** Either name. */
  | 'name'
  | 'profession'
  | 'category'
  | 'expertiseType'
  | 'expertise'
  | 'diplomaType'
  | 'diploma'
  | 'cardNumber'
  | 'cardType';

export type RoleField =
  | CommonField
  | 'practitionerId'
  | 'organizationId'
  /** The town of its place, and the family name of who holds it: equal without regard to case and accents. */
  | 'town'
  | 'familyName'
  | 'profession'
  | 'mode'
  | 'sector'
  | 'role'
  | 'activityKind'
  | 'pharmacistSection';

export type OrganizationField =
  | CommonField
  | 'technicalId'
  | 'formerId'
  | 'siret'
  | 'siren'
  | 'finessSite'
  | 'finessLegalEntity'
  | 'name'
  | 'tradeName'
  | 'sector'
  | 'city'
  | 'postalCode'
  | 'communeCode'
  /** Any line of the address. */
  | 'addressLine'
  /** Any part of the address: line, city, cedex, postal code. */
  | 'address';

/** By one field; without regard to case and accents where it is a text. What has none comes first. */
export interface Order<Field extends string> {
  field: Field;
  descending: boolean;
}

/** Answers come in the order asked for, and else in that of the generation. `where` is joined by AND. */
export interface Search<Field extends string> {
  where: readonly Filter<Field>[];
  /** The first counts most. */
  order?: readonly Order<Field>[];
  /** Only those after this one (keyset paging). */
  afterId?: string;
  /** Only those before this one: the `limit` nearest to it, still in that order. */
  beforeId?: string;
  limit: number;
}

/** A role with the place where it is held; null for an activity without a structure. */
export type RoleWithOrganization = PractitionerRole & { organization: Organization | null };

/** Reads one person: what every sign-in asks. */
export interface PersonReader {
  /** Active or ended. */
  findPractitioner(idNatPs: string): Promise<Practitioner | undefined>;
  /** Every role of a practitioner, ended ones included, ordered by id. */
  listRoles(practitioner: { id: string }): Promise<RoleWithOrganization[]>;
}

/** One immutable generation of the directory. */
export interface DirectoryReader extends PersonReader {
  readonly generation: number;
  /** Instant of the extract it was made from; null for the empty directory. */
  readonly asOf: number | null;
  searchPractitioners(search: Search<PractitionerField>): Promise<Practitioner[]>;
  /** Each count stops at `atMost` where that is told. */
  countPractitioners(where: readonly Filter<PractitionerField>[], atMost?: number): Promise<number>;
  searchRoles(search: Search<RoleField>): Promise<PractitionerRole[]>;
  countRoles(where: readonly Filter<RoleField>[], atMost?: number): Promise<number>;
  searchOrganizations(search: Search<OrganizationField>): Promise<Organization[]>;
  countOrganizations(where: readonly Filter<OrganizationField>[], atMost?: number): Promise<number>;
  /** What a resource was before imports changed it, newest first, as it was served; of the last 30 days. */
  listPastVersions(table: IdentifiedTable, id: string): Promise<unknown[]>;
  /** Family names, folded, that are one letter away from this one. */
  findSimilarNames(familyName: string): Promise<string[]>;
  /** Towns, folded, that begin with this one or are one letter away from it; a few. */
  findSimilarTowns(town: string): Promise<string[]>;
  /** Codes of all professions with their labels. */
  listProfessions(): { code: string; label: string }[];
}

/** The generations that can be read. */
export interface DirectoryStore {
  /** The generation that the pointer names now; generation 0 is the empty directory. */
  current(): Promise<DirectoryReader>;
  /** An older generation while it is kept: what page links that carry its number read. */
  at(generation: number): Promise<DirectoryReader | undefined>;
}

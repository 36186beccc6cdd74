import { sql } from 'kysely';
import type { LinkFilter } from '../directory-store.ts';
import { compileFilters, type Predicate, type Scope } from './compile-filter.ts';
import { organizationFields, practitionerFields, roleFields } from './fields.ts';

/**
 * The condition on a resource that others are tied to, looked up for each resource. The one row that it refers to is
 * no `exists`: SQLite would read that whole table into a Bloom filter first.
 */
export function compileLink(filter: LinkFilter, outer: Scope): Predicate {
  const scope = { ...outer, isKnown: true };
  switch (filter.link) {
    case 'practitionerRoles':
      return sql`exists (select 1 from practitioner_role where practitioner_role.practitioner = practitioner.n
        and ${compileFilters(filter.where, roleFields, scope)})`;
    case 'organizationRoles':
      return sql`exists (select 1 from practitioner_role where practitioner_role.organization = organization.n
        and ${compileFilters(filter.where, roleFields, scope)})`;
    case 'rolePractitioner':
      return sql`(select 1 from practitioner where practitioner.n = practitioner_role.practitioner
        and ${compileFilters(filter.where, practitionerFields, scope)}) = 1`;
    case 'roleOrganization':
      return sql`(select 1 from organization where organization.n = practitioner_role.organization
        and ${compileFilters(filter.where, organizationFields, scope)}) = 1`;
  }
}

import { sql } from 'kysely';
import type { LinkFilter } from '../directory-store.ts';
import { compileFilters, type Predicate } from './compile-filter.ts';
import { organizationFields, practitionerFields, roleFields } from './fields.ts';

/** The condition on a resource that others are tied to, by their numbers. */
export function compileLink(filter: LinkFilter): Predicate {
  switch (filter.link) {
    case 'practitionerRoles': {
      const matches = compileFilters(filter.where, roleFields, compileLink);
      if (!filter.each)
        return sql`practitioner.n in (select practitioner from practitioner_role where ${matches})`;
      return sql`exists (select 1 from practitioner_role
        where practitioner_role.practitioner = practitioner.n and ${matches})`;
    }
    case 'organizationRoles':
      return sql`organization.n in (select organization from practitioner_role
        where organization is not null and ${compileFilters(filter.where, roleFields, compileLink)})`;
    case 'rolePractitioner':
      return sql`practitioner_role.practitioner in (select n from practitioner
        where ${compileFilters(filter.where, practitionerFields, compileLink)})`;
    case 'roleOrganization':
      return sql`practitioner_role.organization in (select n from organization
        where ${compileFilters(filter.where, organizationFields, compileLink)})`;
  }
}

import type { OrganizationField, PractitionerField, RoleField } from '../directory-store.ts';
import { defineFhirResource, type FhirResource } from './fhir-resource.ts';
import { organizationParameters } from './organization-search.ts';
import { practitionerRoleParameters } from './practitioner-role-search.ts';
import { practitionerParameters } from './practitioner-search.ts';
import { renderOrganization } from './render-organization.ts';
import { renderPractitioner } from './render-practitioner.ts';
import { renderPractitionerRole } from './render-practitioner-role.ts';
import type { ResourceType } from './resource.ts';

/** Everything that this server serves: routes, searches and CapabilityStatement follow from it. */
export const fhirResources: Readonly<Record<ResourceType, FhirResource>> = {
  Practitioner: defineFhirResource({
    type: 'Practitioner',
    parameters: practitionerParameters,
    search: (reader, search) => reader.searchPractitioners(search),
    count: (reader, where) => reader.countPractitioners(where),
    render: renderPractitioner,
    references: () => ({}),
    links: { _id: 'id' } satisfies Record<string, PractitionerField>,
  }),
  PractitionerRole: defineFhirResource({
    type: 'PractitionerRole',
    parameters: practitionerRoleParameters,
    search: (reader, search) => reader.searchRoles(search),
    count: (reader, where) => reader.countRoles(where),
    render: renderPractitionerRole,
    references: ({ practitionerId, organizationId }) => ({
      practitioner: practitionerId,
      organization: organizationId,
    }),
    links: {
      _id: 'id',
      practitioner: 'practitionerId',
      organization: 'organizationId',
    } satisfies Record<string, RoleField>,
  }),
  Organization: defineFhirResource({
    type: 'Organization',
    parameters: organizationParameters,
    search: (reader, search) => reader.searchOrganizations(search),
    count: (reader, where) => reader.countOrganizations(where),
    render: renderOrganization,
    references: () => ({}),
    links: { _id: 'id' } satisfies Record<string, OrganizationField>,
  }),
};

/** A reference that `_include` follows forwards and `_revinclude` backwards. */
export interface Include {
  source: string;
  parameter: string;
  target: ResourceType;
}

/**
 * The includes of the national API. Devices and healthcare services, and links between entities, are not in the
 * open extracts: asking for them is right and finds nothing.
 */
export const includes: readonly Include[] = [
  { source: 'PractitionerRole', parameter: 'practitioner', target: 'Practitioner' },
  { source: 'PractitionerRole', parameter: 'organization', target: 'Organization' },
  { source: 'Organization', parameter: 'partof', target: 'Organization' },
  { source: 'Device', parameter: 'organization', target: 'Organization' },
  { source: 'HealthcareService', parameter: 'organization', target: 'Organization' },
];

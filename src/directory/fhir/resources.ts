import type { OrganizationField, PractitionerField, RoleField } from '../directory-store.ts';
import type { Organization } from '../organization.ts';
import type { Practitioner } from '../practitioner.ts';
import type { PractitionerRole } from '../practitioner-role.ts';
import { defineAbsentResource, deviceParameters, healthcareServiceParameters } from './absent-resources.ts';
import { parseChain, parseHas } from './chain.ts';
import {
  defineFhirResource,
  type FhirResource,
  type FhirResourceDefinition,
  parseCriterion,
} from './fhir-resource.ts';
import { organizationParameters } from './organization-search.ts';
import { peopleSearch } from './people-parameters.ts';
import { practitionerRoleParameters } from './practitioner-role-search.ts';
import { practitionerParameters } from './practitioner-search.ts';
import { renderOrganization } from './render-organization.ts';
import { renderPractitioner } from './render-practitioner.ts';
import { renderPractitionerRole } from './render-practitioner-role.ts';
import type { ResourceType } from './resource.ts';

const commonSorts = { _id: ['id'], _lastUpdated: ['lastUpdatedAt'] } as const;

const practitioner: FhirResourceDefinition<PractitionerField, Practitioner> = {
  type: 'Practitioner',
  parameters: practitionerParameters,
  search: (reader, search) => reader.searchPractitioners(search),
  count: (reader, where, atMost) => reader.countPractitioners(where, atMost),
  render: renderPractitioner,
  references: () => ({}),
  sorts: {
    ...commonSorts,
    // People of one name by their other one: an index has both.
    family: ['familyName', 'givenName'],
    given: ['givenName'],
    identifier: ['idNatPs'],
    name: ['familyName', 'givenName'],
  },
  links: { _id: 'id' },
  parseChained: (argument, context) =>
    parseHas(argument, {
      'PractitionerRole:practitioner': (inner) => ({
        link: 'practitionerRoles',
        where: [parseCriterion(role, inner, context)],
      }),
    }),
  together: peopleSearch,
};

const role: FhirResourceDefinition<RoleField, PractitionerRole> = {
  type: 'PractitionerRole',
  parameters: practitionerRoleParameters,
  search: (reader, search) => reader.searchRoles(search),
  count: (reader, where, atMost) => reader.countRoles(where, atMost),
  render: renderPractitionerRole,
  references: ({ practitionerId, organizationId }) => ({
    practitioner: practitionerId,
    organization: organizationId,
  }),
  sorts: commonSorts,
  links: { _id: 'id', practitioner: 'practitionerId', organization: 'organizationId' },
  parseChained: (argument, context) =>
    parseChain(argument, {
      practitioner: {
        target: 'Practitioner',
        parse: (inner) => ({
          link: 'rolePractitioner',
          where: [parseCriterion(practitioner, inner, context)],
        }),
      },
      organization: {
        target: 'Organization',
        parse: (inner) => ({
          link: 'roleOrganization',
          where: [parseCriterion(organization, inner, context)],
        }),
      },
    }),
};

const organization: FhirResourceDefinition<OrganizationField, Organization> = {
  type: 'Organization',
  parameters: organizationParameters,
  search: (reader, search) => reader.searchOrganizations(search),
  count: (reader, where, atMost) => reader.countOrganizations(where, atMost),
  render: renderOrganization,
  references: () => ({}),
  sorts: {
    ...commonSorts,
    'address-city': ['city'],
    'address-postalcode': ['postalCode'],
    name: ['name'],
  },
  links: { _id: 'id' },
  parseChained: (argument, context) =>
    parseHas(argument, {
      'PractitionerRole:organization': (inner) => ({
        link: 'organizationRoles',
        where: [parseCriterion(role, inner, context)],
      }),
    }),
};

/** Everything that this server serves: routes, searches and CapabilityStatement follow from it. */
export const fhirResources: Readonly<Record<ResourceType, FhirResource>> = {
  Practitioner: defineFhirResource(practitioner),
  PractitionerRole: defineFhirResource(role),
  Organization: defineFhirResource(organization),
  Device: defineAbsentResource('Device', deviceParameters),
  HealthcareService: defineAbsentResource('HealthcareService', healthcareServiceParameters),
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

import { defineFhirResource, type FhirResource } from './fhir-resource.ts';
import type { ResourceType } from './resource.ts';
import { dateParameter, never, type SearchParameter, stringParameter } from './search-parameter.ts';
import { booleanParameter, tokenParameter } from './token-parameter.ts';

/** Nothing of these types is in the open extracts: every right search finds nothing. */
type AbsentField = 'active' | 'lastUpdatedAt';

const tokens = (...names: string[]) => names.map((name) => tokenParameter<AbsentField>(name));

const organization: SearchParameter<AbsentField> = {
  name: 'organization',
  type: 'reference',
  modifiers: ['Organization'],
  parse: () => never,
};

/** As the open national API declares them. */
export const deviceParameters: readonly SearchParameter<AbsentField>[] = [
  ...tokens('_id', 'data-information-system', 'data-registration-authority', 'identifier', 'status', 'type'),
  dateParameter('_lastUpdated', 'lastUpdatedAt'),
  stringParameter<AbsentField>('manufacturer'),
  stringParameter<AbsentField>('model'),
  organization,
];

/** As the open national API declares them. */
export const healthcareServiceParameters: readonly SearchParameter<AbsentField>[] = [
  ...tokens('_id', '_profile', 'characteristic', 'data-information-system', 'data-registration-authority'),
  ...tokens('identifier', 'service-category', 'service-type'),
  booleanParameter('active', 'active'),
  dateParameter('_lastUpdated', 'lastUpdatedAt'),
  organization,
];

export function defineAbsentResource(
  type: ResourceType,
  parameters: readonly SearchParameter<AbsentField>[],
): FhirResource {
  return defineFhirResource<AbsentField, never>({
    type,
    parameters,
    search: async () => [],
    count: async () => 0,
    render: (item) => item,
    references: () => ({}),
    sorts: { _id: [], _lastUpdated: [] },
    links: {},
  });
}

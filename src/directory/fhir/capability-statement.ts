import { profiles } from './code-systems.ts';
import type { FhirResource } from './fhir-resource.ts';
import { renderInstant } from './render-resource.ts';
import { isResourceType } from './resource.ts';
import { fhirResources, includes } from './resources.ts';
import type { SearchContext } from './search-parameter.ts';

const interactions = [{ code: 'read' }, { code: 'search-type' }];

const everything = {
  name: 'everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Practitioner-everything',
};

/** https://hl7.org/fhir/R4/capabilitystatement.html, from the tables that the routes and searches use. */
export function renderCapabilityStatement({ now, base }: SearchContext) {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: renderInstant(now),
    kind: 'instance',
    software: { name: 'Hygie' },
    implementation: { description: 'Annuaire Santé', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [{ mode: 'server', resource: Object.values(fhirResources).map(renderResource) }],
  };
}

function renderResource({ type, parameters, ownParameters, sorts }: FhirResource) {
  const forwards = includes.filter(({ source }) => source === type).map(nameOf);
  const backwards = includes
    .filter(({ source, target }) => target === type && isResourceType(source))
    .map(nameOf);
  return {
    type,
    profile: profiles[type].at(-1),
    interaction: interactions,
    versioning: 'no-version',
    conditionalRead: 'not-match',
    referencePolicy: ['literal'],
    ...(forwards.length > 0 ? { searchInclude: ['*', ...forwards] } : {}),
    ...(backwards.length > 0 ? { searchRevInclude: backwards } : {}),
    searchParam: [
      ...parameters.map(({ name, type: kind }) => ({ name, type: kind })),
      ...ownParameters,
      { name: '_sort', type: 'special', documentation: `${sorts.join(', ')}; - before it for descending` },
    ],
    ...(type === 'Practitioner' ? { operation: [everything] } : {}),
  };
}

function nameOf({ source, parameter }: { source: string; parameter: string }): string {
  return `${source}:${parameter}`;
}

import { profiles } from './code-systems.ts';
import type { FhirResource } from './fhir-resource.ts';
import type { Declaration, FhirRoute } from './fhir-route.ts';
import { renderInstant } from './render-resource.ts';
import { isResourceType, type ResourceType } from './resource.ts';
import { fhirResources, includes } from './resources.ts';
import type { SearchContext } from './search-parameter.ts';

/** https://hl7.org/fhir/R4/capabilitystatement.html, from the tables that the routes and searches are made from. */
export function renderCapabilityStatement(table: readonly FhirRoute[], { now, base }: SearchContext) {
  const declared = table.flatMap(({ declares }) => declares ?? []);
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: renderInstant(now),
    kind: 'instance',
    software: { name: 'Hygie' },
    implementation: { description: 'Annuaire Santé', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        resource: Object.values(fhirResources).map((resource) => renderResource(resource, declared)),
        ...operationsOf(declared, undefined),
      },
    ],
  };
}

function renderResource(
  { type, parameters, ownParameters, sorts }: FhirResource,
  declared: readonly Declaration[],
) {
  const forwards = includes.filter(({ source }) => source === type).map(nameOf);
  const backwards = includes
    .filter(({ source, target }) => target === type && isResourceType(source))
    .map(nameOf);
  const codes = declared.flatMap((one) => ('interaction' in one ? one.interaction : []));
  return {
    type,
    profile: profiles[type].at(-1),
    interaction: codes.map((code) => ({ code })),
    versioning: codes.includes('vread') ? 'versioned' : 'no-version',
    readHistory: codes.includes('vread'),
    conditionalRead: 'not-match',
    referencePolicy: ['literal'],
    ...(forwards.length > 0 ? { searchInclude: ['*', ...forwards] } : {}),
    ...(backwards.length > 0 ? { searchRevInclude: backwards } : {}),
    searchParam: [
      ...parameters.map(({ name, type: kind }) => ({ name, type: kind })),
      ...ownParameters,
      { name: '_sort', type: 'special', documentation: `${sorts.join(', ')}; - before it for descending` },
    ],
    ...operationsOf(declared, type),
  };
}

/** Those of one type, or of the whole server. */
function operationsOf(declared: readonly Declaration[], type: ResourceType | undefined) {
  const operation = declared.flatMap((one) =>
    'operation' in one && one.type === type ? [{ name: one.operation, definition: one.definition }] : [],
  );
  return operation.length > 0 ? { operation } : {};
}

function nameOf({ source, parameter }: { source: string; parameter: string }): string {
  return `${source}:${parameter}`;
}

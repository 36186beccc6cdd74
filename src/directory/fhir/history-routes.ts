import { randomUUID } from 'node:crypto';
import type { DirectoryStore } from '../directory-store.ts';
import type { IdentifiedTable } from '../technical-id.ts';
import { answer, answerRead } from './answer.ts';
import { type FhirRoute, pathValue, queryOf, typeOf } from './fhir-route.ts';
import { outcomes } from './outcome.ts';
import { readResource } from './read-routes.ts';
import type { Resource, ResourceType } from './resource.ts';
import type { SearchContext } from './search-parameter.ts';

const tables: Readonly<Partial<Record<ResourceType, IdentifiedTable>>> = {
  Practitioner: 'practitioner',
  PractitionerRole: 'practitioner_role',
  Organization: 'organization',
};

/** What imports have made of a resource: https://hl7.org/fhir/R4/http.html#history and #vread */
export function createHistoryRoutes(store: DirectoryStore): FhirRoute[] {
  return [
    {
      method: 'GET',
      path: '/:type/:id/_history/:version',
      declares: { interaction: 'vread' },
      async answer(c) {
        const versions = await listVersions(store, typeOf(c), pathValue(c, 'id'));
        const found = versions.find(({ meta }) => meta.versionId === pathValue(c, 'version'));
        if (!found) throw outcomes.unknownVersion();
        return answerRead(c, found);
      },
    },
    {
      method: 'GET',
      path: '/:type/:id/_history',
      declares: { interaction: 'history-instance' },
      async answer(c, context) {
        refuseParameters(queryOf(c));
        const versions = await listVersions(store, typeOf(c), pathValue(c, 'id'));
        return answer(c, renderHistory(versions, context));
      },
    },
  ];
}

/** Newest first; all of one generation. */
async function listVersions(store: DirectoryStore, type: ResourceType, id: string): Promise<Resource[]> {
  const reader = await store.current();
  const current = await readResource(reader, type, id);
  const table = tables[type];
  return table ? [current, ...((await reader.listPastVersions(table, id)) as Resource[])] : [current];
}

function refuseParameters(query: URLSearchParams): void {
  const unknown = [...query.keys()].find((name) => name !== '_format' && name !== '_pretty');
  if (unknown !== undefined) throw outcomes.unknownParameterOf(unknown.slice(0, 64), '_history');
}

/** One page: a month has few versions. What has vanished is an inactive version, not a deleted one. */
function renderHistory(versions: readonly Resource[], { base }: SearchContext) {
  const [newest] = versions;
  const address = `${newest?.resourceType}/${newest?.id}`;
  return {
    resourceType: 'Bundle',
    type: 'history',
    id: randomUUID(),
    total: versions.length,
    entry: versions.map((resource) => ({
      fullUrl: `${base}/${address}`,
      resource,
      request: { method: 'PUT', url: address },
      response: {
        status: resource.meta.versionId === '1' ? '201' : '200',
        etag: `W/"${resource.meta.versionId}"`,
        lastModified: resource.meta.lastUpdated,
      },
    })),
    link: [{ relation: 'self', url: `${base}/${address}/_history` }],
  };
}

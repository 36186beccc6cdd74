import { randomUUID } from 'node:crypto';
import type { DirectoryStore } from '../directory-store.ts';
import type { IdentifiedTable } from '../technical-id.ts';
import { answer, answerRead } from './answer.ts';
import { type FhirRoute, pathValue, queryOf, typeOf } from './fhir-route.ts';
import { type HistoryQuery, parseHistoryQuery, queryAfter } from './history-query.ts';
import { outcomes } from './outcome.ts';
import { readResource } from './read-routes.ts';
import { present } from './render-resource.ts';
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
        const query = queryOf(c);
        const wanted = parseHistoryQuery(query);
        const versions = await listVersions(store, typeOf(c), pathValue(c, 'id'));
        const page = choosePage(versions, wanted);
        return answer(c, { ...renderHistory(page, context), ...renderLinks(page, query, context) });
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

interface HistoryPage {
  /** `Practitioner/003-1` */
  address: string;
  total: number;
  versions: readonly Resource[];
  hasNext: boolean;
}

function choosePage(all: readonly Resource[], { since, before, count }: HistoryQuery): HistoryPage {
  const [newest] = all;
  const wanted = all.filter(({ meta }) => Date.parse(meta.lastUpdated) >= (since ?? 0));
  const rest = wanted.filter(({ meta }) => Number(meta.versionId) < (before ?? Infinity));
  const versions = rest.slice(0, count);
  const hasNext = versions.length > 0 && versions.length < rest.length;
  return { address: `${newest?.resourceType}/${newest?.id}`, total: wanted.length, versions, hasNext };
}

/** What has vanished is an inactive version, not a deleted one. */
function renderHistory({ address, total, versions }: HistoryPage, { base }: SearchContext) {
  return {
    resourceType: 'Bundle',
    type: 'history',
    id: randomUUID(),
    total,
    ...present(
      'entry',
      versions.map((resource) => ({
        fullUrl: `${base}/${address}`,
        resource,
        request: { method: 'PUT', url: address },
        response: {
          status: resource.meta.versionId === '1' ? '201' : '200',
          etag: `W/"${resource.meta.versionId}"`,
          lastModified: resource.meta.lastUpdated,
        },
      })),
    ),
  };
}

/** Versions never change: a page goes on where the last one ended, whatever is imported meanwhile. */
function renderLinks(
  { address, versions, hasNext }: HistoryPage,
  query: URLSearchParams,
  { base }: SearchContext,
) {
  const url = (of: URLSearchParams) => `${base}/${address}/_history${of.size > 0 ? `?${of}` : ''}`;
  const last = versions.at(-1)?.meta.versionId ?? '';
  const next = hasNext ? [{ relation: 'next', url: url(queryAfter(last, query)) }] : [];
  return { link: [...next, { relation: 'self', url: url(query) }] };
}

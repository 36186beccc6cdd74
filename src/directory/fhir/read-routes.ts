import type { Context } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import type { DirectoryReader, DirectoryStore } from '../directory-store.ts';
import { answer, answerRead } from './answer.ts';
import { type FhirRoute, pathValue, queryOf, typeOf } from './fhir-route.ts';
import { outcomes } from './outcome.ts';
import type { Resource, ResourceType } from './resource.ts';
import { fhirResources } from './resources.ts';
import { type Bundle, searchFirstPage, searchPage } from './search.ts';
import type { SearchContext } from './search-parameter.ts';

/** Reads and searches: https://hl7.org/fhir/R4/http.html */
export function createReadRoutes(store: DirectoryStore): FhirRoute[] {
  const search: FhirRoute['answer'] = async (c, context) =>
    answer(c, await searchFirstPage(store, typeOf(c), queryOf(c), context));
  return [
    {
      method: 'GET',
      path: '/_page',
      answer: async (c, context) => answer(c, await searchPage(store, pageIdOf(c), context)),
    },
    { method: 'GET', path: '/:type/_search', answer: search },
    {
      method: 'POST',
      path: '/:type/_search',
      answer: async (c, context) =>
        answer(c, await searchFirstPage(store, typeOf(c), await queryOfForm(c), context)),
    },
    {
      method: 'GET',
      path: '/:type/:id',
      declares: { interaction: 'read' },
      answer: async (c) =>
        answerRead(c, await readResource(await store.current(), typeOf(c), pathValue(c, 'id'))),
    },
    { method: 'GET', path: '/:type', declares: { interaction: 'search-type' }, answer: search },
    {
      method: 'GET',
      path: '/Practitioner/:id/$everything',
      declares: {
        operation: 'everything',
        definition: 'http://hl7.org/fhir/OperationDefinition/Practitioner-everything',
        type: 'Practitioner',
      },
      answer: async (c, context) => answer(c, await everythingOf(store, pathValue(c, 'id'), context)),
    },
  ];
}

/** Throws a `FhirError` where there is none. */
export async function readResource(
  reader: DirectoryReader,
  type: ResourceType,
  id: string,
): Promise<Resource> {
  const [found] = await fhirResources[type].selectLinked('_id', [id]).page(reader, { limit: 1 });
  if (!found) throw outcomes.unknownId(id.slice(0, 64));
  return found.resource;
}

/** A practitioner, the roles, and their places; the practitioner alone where there is no role. */
async function everythingOf(store: DirectoryStore, id: string, context: SearchContext): Promise<Bundle> {
  await readResource(await store.current(), 'Practitioner', id);
  const query = new URLSearchParams({ practitioner: id, _count: '1000', _total: 'none' });
  query.append('_include', '*');
  const bundle = await searchFirstPage(store, 'PractitionerRole', query, context);
  if (bundle.entry) return bundle;
  return searchFirstPage(store, 'Practitioner', new URLSearchParams({ _id: id }), context);
}

function pageIdOf(c: Context<AppEnv>): string {
  const id = c.req.query('id');
  if (!id) throw outcomes.missingPageId();
  return id;
}

/** Parameters of the address count too: https://hl7.org/fhir/R4/http.html#search */
async function queryOfForm(c: Context<AppEnv>): Promise<URLSearchParams> {
  const contentType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  const body = await c.req.text();
  if (body && contentType !== 'application/x-www-form-urlencoded') throw outcomes.wrongContentType();
  return new URLSearchParams([...queryOf(c), ...new URLSearchParams(body)]);
}

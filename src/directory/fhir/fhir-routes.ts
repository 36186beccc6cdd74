import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Clock } from '#platform/clock.ts';
import { AppError } from '#platform/errors.ts';
import { referenceOf } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import type { DirectoryStore } from '../directory-store.ts';
import { renderCapabilityStatement } from './capability-statement.ts';
import { compressAnswers } from './compress-answers.ts';
import { FhirError, outcomes, renderOutcome } from './outcome.ts';
import { isResourceType, type Resource, type ResourceType, resourceTypes } from './resource.ts';
import { fhirResources } from './resources.ts';
import { type Bundle, searchFirstPage, searchPage } from './search.ts';
import type { SearchContext } from './search-parameter.ts';

/** Where the API lies on its listener, as in the national API. */
export const fhirPath = '/fhir/v2';

const isFhirPath = (path: string): boolean => path.startsWith(`${fhirPath}/`);

/** What the site is told of this API. */
export const fhirRules = {
  /** Programs send no `Origin`, and a search by POST changes nothing. */
  isCrossSite: isFhirPath,
  /** What a rule of the whole site refuses here, such as a body that is too large. */
  answerInterface(c: Context<AppEnv>, error: Error): Response | undefined {
    if (!isFhirPath(c.req.path) || !(error instanceof AppError)) return undefined;
    const { status, message } = error;
    return answer(c, renderOutcome(new FhirError(status, 'not-supported', message)), status);
  },
};

const mediaType = 'application/fhir+json;charset=UTF-8';

export interface FhirDependencies {
  store: DirectoryStore;
  clock: Clock;
  logger: Logger;
}

/**
 * The FHIR R4 read API: `read`, `search-type` by GET and POST, `metadata` (https://hl7.org/fhir/R4/http.html).
 * Every answer under `/fhir/v2` is a resource; errors are OperationOutcomes. The header `ESANTE-API-KEY` of the
 * national gateway may be sent and is not looked at.
 */
export function createFhirRoutes({ store, clock, logger }: FhirDependencies): Hono<AppEnv> {
  const contextOf = (c: Context<AppEnv>): SearchContext => ({ now: clock.now(), base: baseOf(c) });
  const search = async (c: Context<AppEnv>, type: string | undefined, query: URLSearchParams) =>
    answer(c, await searchFirstPage(store, knownType(type), query, contextOf(c)));

  const routes = new Hono<AppEnv>().basePath(fhirPath);
  routes.use(compressAnswers);
  routes.get('/metadata', (c) => answer(c, renderCapabilityStatement(contextOf(c))));
  routes.get('/_page', async (c) => answer(c, await searchPage(store, pageIdOf(c), contextOf(c))));
  routes.get('/:type', (c) => search(c, c.req.param('type'), new URL(c.req.url).searchParams));
  routes.post('/:type/_search', async (c) => search(c, c.req.param('type'), await queryOfForm(c)));
  routes.get('/:type/_search', (c) => search(c, c.req.param('type'), new URL(c.req.url).searchParams));
  routes.get('/:type/:id', async (c) => {
    const type = knownType(c.req.param('type'));
    return answerRead(c, await read(store, type, c.req.param('id')));
  });
  routes.get('/Practitioner/:id/$everything', async (c) =>
    answer(c, await everythingOf(store, c.req.param('id'), contextOf(c))),
  );
  routes.all('*', (c) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') throw outcomes.unknownPath();
    throw outcomes.wrongMethod(isSearchPath(c) ? 'GET, HEAD, POST' : 'GET, HEAD');
  });
  routes.onError((error, c) => answerError(c, error, logger));
  return routes;
}

function knownType(name = ''): ResourceType {
  if (isResourceType(name)) return name;
  throw outcomes.unknownType(name.slice(0, 64), resourceTypes);
}

async function read(store: DirectoryStore, type: ResourceType, id: string): Promise<Resource> {
  const reader = await store.current();
  const [found] = await fhirResources[type].selectLinked('_id', [id]).page(reader, { limit: 1 });
  if (!found) throw outcomes.unknownId(id.slice(0, 64));
  return found.resource;
}

/** A practitioner, the roles, and their places; the practitioner alone where there is no role. */
async function everythingOf(store: DirectoryStore, id: string, context: SearchContext): Promise<Bundle> {
  await read(store, 'Practitioner', id);
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
  return new URLSearchParams([...new URL(c.req.url).searchParams, ...new URLSearchParams(body)]);
}

const isSearchPath = (c: Context<AppEnv>): boolean => c.req.path.endsWith('/_search');

const baseOf = (c: Context<AppEnv>): string => c.var.site.url.origin + fhirPath;

function answer(c: Context<AppEnv>, resource: object, status = 200): Response {
  return c.body(JSON.stringify(resource), status as ContentfulStatusCode, { 'Content-Type': mediaType });
}

/** https://hl7.org/fhir/R4/http.html#read */
function answerRead(c: Context<AppEnv>, resource: Resource): Response {
  const tag = `W/"${resource.meta.versionId}"`;
  c.header('ETag', tag);
  c.header('Last-Modified', new Date(resource.meta.lastUpdated).toUTCString());
  const known = c.req.header('If-None-Match')?.split(',') ?? [];
  if (known.some((one) => [tag, '*'].includes(one.trim()))) return c.body(null, 304);
  return answer(c, resource);
}

function answerError(c: Context<AppEnv>, error: Error, logger: Logger): Response {
  const refusal = error instanceof FhirError ? error : recordFailure(c, error, logger);
  if (refusal.status === 405) c.header('Allow', isSearchPath(c) ? 'GET, HEAD, POST' : 'GET, HEAD');
  return answer(c, renderOutcome(refusal), refusal.status);
}

function recordFailure(c: Context<AppEnv>, error: Error, logger: Logger): FhirError {
  const reference = referenceOf(c.env.incoming);
  logger.error({ reference, err: error }, 'request failed');
  return outcomes.failed(reference);
}

import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '#platform/clock.ts';
import { AppError } from '#platform/errors.ts';
import { referenceOf } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import { answer, answerOutcome } from './answer.ts';
import { renderCapabilityStatement } from './capability-statement.ts';
import { compressAnswers } from './compress-answers.ts';
import type { FhirRoute } from './fhir-route.ts';
import { FhirError, outcomes } from './outcome.ts';
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
    return answerOutcome(c, new FhirError(error.status, 'not-supported', error.message));
  },
};

export interface FhirRouting {
  clock: Clock;
  logger: Logger;
  /** Who may call, and how often. */
  limits: MiddlewareHandler<AppEnv>;
}

/**
 * The FHIR R4 API, read only: every answer under `/fhir/v2` is a resource, but for the files of an export; errors are
 * OperationOutcomes (https://hl7.org/fhir/R4/http.html).
 */
export function createFhirRoutes(
  table: readonly FhirRoute[],
  { clock, logger, limits }: FhirRouting,
): Hono<AppEnv> {
  const contextOf = (c: Context<AppEnv>): SearchContext => ({ now: clock.now(), base: baseOf(c) });
  const routes = new Hono<AppEnv>().basePath(fhirPath);
  routes.use(compressAnswers, limits);
  routes.get('/metadata', (c) => answer(c, renderCapabilityStatement(table, contextOf(c))));
  for (const route of table) routes.on(route.method, route.path, (c) => route.answer(c, contextOf(c)));
  routes.all('*', (c) => refuse(c, table));
  routes.onError((error, c) => answerError(c, error, logger));
  return routes;
}

function refuse(c: Context<AppEnv>, table: readonly FhirRoute[]): never {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') throw outcomes.unknownPath();
  const allowed = methodsOf(c.req.path.slice(fhirPath.length), table).join(', ');
  c.header('Allow', allowed);
  throw outcomes.wrongMethod(allowed);
}

/** What the first path that matches can be asked by. */
function methodsOf(path: string, table: readonly FhirRoute[]): string[] {
  const first = table.find((route) => patternOf(route).test(path));
  const methods = table.filter((route) => route.path === first?.path).map(({ method }) => method);
  return ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')];
}

function patternOf({ path }: FhirRoute): RegExp {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('$', '\\$')));
  return new RegExp(`^${parts.join('/')}$`);
}

const baseOf = (c: Context<AppEnv>): string => c.var.site.url.origin + fhirPath;

function answerError(c: Context<AppEnv>, error: Error, logger: Logger): Response {
  return answerOutcome(c, error instanceof FhirError ? error : recordFailure(c, error, logger));
}

function recordFailure(c: Context<AppEnv>, error: Error, logger: Logger): FhirError {
  const reference = referenceOf(c.env.incoming);
  logger.error({ reference, err: error }, 'request failed');
  return outcomes.failed(reference);
}

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppEnv } from '#platform/http/site.ts';
import { type FhirError, renderOutcome } from './outcome.ts';
import type { Resource } from './resource.ts';

export const mediaType = 'application/fhir+json;charset=UTF-8';

export function answer(c: Context<AppEnv>, resource: object, status = 200): Response {
  return c.body(JSON.stringify(resource), status as ContentfulStatusCode, { 'Content-Type': mediaType });
}

export function answerOutcome(c: Context<AppEnv>, error: FhirError): Response {
  return answer(c, renderOutcome(error), error.status);
}

/** https://hl7.org/fhir/R4/http.html#read */
export function answerRead(c: Context<AppEnv>, resource: Resource): Response {
  const tag = `W/"${resource.meta.versionId}"`;
  c.header('ETag', tag);
  c.header('Last-Modified', new Date(resource.meta.lastUpdated).toUTCString());
  const known = c.req.header('If-None-Match')?.split(',') ?? [];
  if (known.some((one) => [tag, '*'].includes(one.trim()))) return c.body(null, 304);
  return answer(c, resource);
}

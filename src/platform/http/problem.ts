import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** RFC 9457 problem details; `field` names the input at fault, never its value. */
export interface Problem {
  type?: string;
  title: string;
  detail?: string;
  code?: string;
  field?: string;
  reference?: string;
}

/** Answers with `application/problem+json` (RFC 9457 section 3). */
export function problem(c: Context, status: number, details: Problem): Response {
  c.header('content-type', 'application/problem+json');
  return c.body(JSON.stringify({ type: 'about:blank', status, ...details }), status as ContentfulStatusCode);
}

import type { ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv, Site } from './site.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The headers of every answer; a route that needs another value sets it itself. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  // `same-origin`, not `no-referrer`: with the latter a same-origin post carries `Origin: null`.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cache-control': 'no-store',
};

const ofPages = Object.entries(pageHeaders);
/** A library says itself what may be kept. */
const everywhere = ofPages.filter(([name]) => name !== 'cache-control');

const oneYearSeconds = 31_536_000;
const strictTransport = ['strict-transport-security', `max-age=${oneYearSeconds}`] as const;

/** First of all, whoever answers then: the pages, a library, or a refusal of what is no request of ours. */
export function protect(res: ServerResponse, { url }: Site): void {
  for (const [name, value] of everywhere) res.setHeader(name, value);
  if (url.protocol === 'https:') res.setHeader(...strictTransport);
}

/** What `protect` has not said, or a library has said otherwise before it left its answer to a page. */
export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  for (const [name, value] of ofPages)
    if (c.env.outgoing.getHeader(name) !== value && !headers.has(name)) headers.set(name, value);
};

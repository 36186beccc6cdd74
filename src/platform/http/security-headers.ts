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

const oneYearSeconds = 31_536_000;
const strictTransport = ['strict-transport-security', `max-age=${oneYearSeconds}`] as const;

/** For what is answered beside the pages: by a library, or where a request is no request of ours. */
export function protect(res: ServerResponse, { url }: Site): void {
  // A library says itself what may be kept.
  const { 'cache-control': _, ...headers } = pageHeaders;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (url.protocol === 'https:') res.setHeader(...strictTransport);
}

export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(pageHeaders)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
  if (c.var.site.url.protocol === 'https:') {
    c.res.headers.set(...strictTransport);
  }
};

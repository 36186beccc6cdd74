import type { MiddlewareHandler } from 'hono';
import { errors } from './http-errors.ts';
import type { AppEnv } from './site.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses unsafe requests that another site caused: `Sec-Fetch-Site` must say `same-origin` (Fetch Metadata); a
 * client that does not send it must send an `Origin` equal to the listener's. `isCrossSite` names the paths made
 * for posts from elsewhere, which authenticate by other means.
 */
export function sameOriginOnly(isCrossSite: (path: string) => boolean): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (safeMethods.has(c.req.method) || isCrossSite(c.req.path)) return next();
    const site = c.req.header('sec-fetch-site');
    const allowed =
      site === undefined ? c.req.header('origin') === c.var.site.url.origin : site === 'same-origin';
    if (!allowed) throw errors('request.cross_site');
    return next();
  };
}

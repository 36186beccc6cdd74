import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../logger.ts';
import { assetRoutes } from './assets.ts';
import { answerError, answerNotFound } from './error-page.ts';
import { createHostPin, isOwnHost, refuseHost } from './host.ts';
import { limitBody } from './limit-body.ts';
import { chooseLocale } from './locale.ts';
import { nameRoute } from './log-requests.ts';
import { refuseFiles } from './refuse-files.ts';
import { sameOriginOnly } from './same-origin.ts';
import { protect, securityHeaders } from './security-headers.ts';
import type { AppEnv, Site } from './site.ts';

const maxBodyBytes = 256 * 1024;

export interface SiteDependencies {
  logger: Logger;
  /** Paths made for posts from other sites or from programs; they authenticate by other means. */
  isCrossSite?: (path: string) => boolean;
  /** An error in the form of an interface of this site; `undefined` where it is a page's. */
  answerInterface?: (c: Context<AppEnv>, error: Error) => Response | undefined;
}

/** The rules and pages that every listener shares; modules mount their routes on it. */
export function createSite(
  site: Site,
  { logger, isCrossSite = () => false, answerInterface }: SiteDependencies,
): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('site', site);
    c.set('locale', 'fr');
    await next();
    nameAnsweringRoute(c);
  });
  app.use(securityHeaders);
  app.route('/assets', assetRoutes());
  app.use(chooseLocale, sameOriginOnly(isCrossSite), limitBody(maxBodyBytes), refuseFiles);
  app.onError((error, c) => answerInterface?.(c, error) ?? answerError(c, error, logger));
  app.notFound((c) => answerNotFound(c));
  return app;
}

/** What answered; where no route matched, or a rule of every site refused, there is nothing to name. */
function nameAnsweringRoute(c: Context<AppEnv>): void {
  const pattern = routePath(c);
  if (pattern !== '/*') nameRoute(c.env.incoming, pattern.replaceAll(/\{[^/]*\}/g, ''));
}

/** Answers a request itself and says true, or leaves it to the pages: how a library lives beside them. */
export type NodeHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/** One listener's `node:http` function: host rules, then the library's paths, then the pages. */
export function requestListener(site: Site, app: Hono<AppEnv>, before?: NodeHandler): RequestListener {
  const pages = getRequestListener(app.fetch);
  const pin = createHostPin(site);
  return (req, res) => {
    protect(res, site);
    if (site.sandbox && !isOwnHost(req.headers.host, site)) return refuseHost(res);
    pin(req);
    if (before?.(req, res)) return;
    void pages(req, res);
  };
}

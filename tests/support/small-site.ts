import type { TestContext } from 'node:test';
import type { Hono } from 'hono';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import type { AppEnv, Site } from '#platform/http/site.ts';
import { createLogger } from '#platform/logger.ts';

const title = { fr: 'Connexion des professionnels', en: 'Professional sign-in' };

/** A listener of a sandbox with the rules of every site and a few pages of the test's own. */
export async function serveSmallSite(t: TestContext, mount: (app: Hono<AppEnv>) => void): Promise<URL> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  t.after(() => listener.close());
  const url = new URL(`http://localhost:${listener.port}`);
  const site: Site = { name: 'wallet', url, title, sandbox: true };
  const app = createSite(site, { logger: createLogger('silent') });
  mount(app);
  listener.serve(requestListener(site, app));
  return url;
}

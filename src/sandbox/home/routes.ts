import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { findBrowser, openBrowser } from '../browser-cookie.ts';
import { errors } from '../errors.ts';
import { findPersona } from '../personas.ts';
import type { SandboxUrls } from '../ports.ts';
import type { Reader } from '../reader/reader.ts';
import type { Universe } from '../universe.ts';
import { findHome, type HomeDependencies } from './home.ts';
import { renderHome } from './page.ts';

export interface HomeRoutesDependencies extends HomeDependencies {
  reader: Reader;
  universe: Universe;
  urls: SandboxUrls;
  /** The root that browsers may import. */
  authorityPem: string;
}

const advance = z.coerce.number().int().positive().max(31_536_000_000);

export function createHomeRoutes(dependencies: HomeRoutesDependencies): Hono<AppEnv> {
  const { reader, universe, urls, authorityPem } = dependencies;
  const routes = new Hono<AppEnv>();
  const links = {
    portal: new URL('/professionnel/connexion', urls.portal).href,
    directory: new URL('/fhir/v2/metadata', urls.directory).href,
    discovery: new URL('/auth/realms/esante-wallet/.well-known/openid-configuration', urls.connect).href,
  };

  routes.get('/', async (c) => renderHome(c, await findHome(dependencies, findBrowser(c)), links));

  routes.get('/portail', (c) => leavingRedirect(c, links.portal));

  routes.get('/autorite.pem', (c) => {
    c.header('content-type', 'application/x-pem-file');
    c.header('content-disposition', 'attachment; filename="hygie-bac-a-sable.pem"');
    return c.body(authorityPem);
  });

  routes.post('/personne', async (c) => {
    const persona = findPersona(await readText(c, 'persona'));
    if (!persona) throw errors('persona.unknown', 'persona');
    await reader.insert(openBrowser(c), persona);
    return c.redirect('/#ordinateur', 303);
  });

  routes.post('/carte/inserer', async (c) => {
    const browser = findBrowser(c);
    const slot = await reader.find(browser);
    if (browser && slot) await reader.insert(browser, slot.persona);
    return c.redirect('/#ordinateur', 303);
  });

  routes.post('/carte/retirer', async (c) => {
    const browser = findBrowser(c);
    if (browser) await reader.remove(browser);
    return c.redirect('/#ordinateur', 303);
  });

  routes.post('/horloge', async (c) => {
    const parsed = advance.safeParse(await readText(c, 'advance'));
    if (!parsed.success) throw errors('request.invalid', 'advance');
    await universe.advance(parsed.data, false);
    return c.redirect('/', 303);
  });

  routes.post('/remise-a-zero', async (c) => {
    await universe.reset();
    return c.redirect('/', 303);
  });

  return routes;
}

async function readText(c: Context<AppEnv>, name: string): Promise<string> {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value : '';
}

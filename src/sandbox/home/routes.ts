import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { findBrowser, openBrowser } from '../browser-cookie.ts';
import { errors } from '../errors.ts';
import { findPersona } from '../personas.ts';
import type { PhoneDoor } from '../phone/phone-door.ts';
import type { SandboxUrls } from '../ports.ts';
import type { Reader } from '../reader/reader.ts';
import type { Universe } from '../universe.ts';
import { findHome, type HomeDependencies } from './home.ts';
import { renderHome } from './page.ts';

export interface HomeRoutesDependencies extends HomeDependencies {
  reader: Reader;
  universe: Universe;
  door: PhoneDoor;
  urls: SandboxUrls;
  /** The root that browsers may import. */
  authorityPem: string;
}

/** A mail in its own clothes, which are inline; nothing in it runs, and its links leave in tabs of their own. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

const advance = z.coerce.number().int().positive().max(31_536_000_000);

export function createHomeRoutes(dependencies: HomeRoutesDependencies): Hono<AppEnv> {
  const { reader, universe, door, mails, urls, authorityPem } = dependencies;
  const routes = new Hono<AppEnv>();
  const links = {
    portal: new URL('/professionnel/connexion', urls.portal).href,
    directory: new URL('/fhir/v2/metadata', urls.directory).href,
    discovery: new URL('/auth/realms/esante-wallet/.well-known/openid-configuration', urls.connect).href,
  };

  routes.get('/', async (c) => {
    const phone = await door.shown(c);
    return renderHome(c, await findHome(dependencies, findBrowser(c), phone), { links, app: urls.app });
  });

  routes.get('/mails/:id', async (c) => {
    const mail = (await mails.latest({})).find(({ id }) => id === c.req.param('id'));
    if (!mail) return c.notFound();
    c.header('content-security-policy', mailPolicy);
    return c.html(mail.html.replace(/<a\s/g, '<a target="_blank" rel="noopener" '));
  });

  routes.get('/portail', (c) => leavingRedirect(c, inLanguageOf(c, links.portal)));

  routes.get('/autorite.pem', (c) => {
    c.header('content-type', 'application/x-pem-file');
    c.header('content-disposition', 'attachment; filename="hygie-bac-a-sable.pem"');
    return c.body(authorityPem);
  });

  routes.post('/personne', async (c) => {
    const persona = findPersona(await readText(c, 'persona'));
    if (!persona) throw errors('persona.unknown', 'persona');
    await reader.insert(openBrowser(c), persona);
    await door.follow(c, persona);
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
    await door.reopen(c);
    return c.redirect('/', 303);
  });

  return routes;
}

/** English chosen here goes along; French is what the portal speaks unless somebody chose. */
const inLanguageOf = ({ var: { locale } }: Context<AppEnv>, href: string): string =>
  locale === 'fr' ? href : `${href}?lang=${locale}`;

async function readText(c: Context<AppEnv>, name: string): Promise<string> {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value : '';
}

import { type Context, Hono } from 'hono';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { findBrowser } from '../browser-cookie.ts';
import { errors } from '../errors.ts';
import { findPersona, type Persona } from '../personas.ts';
import type { RepairAddresses } from '../ports.ts';
import type { Reader } from '../reader/reader.ts';
import { findShownStore } from './phone-cookies.ts';
import type { PhoneDoor } from './phone-door.ts';

export interface PhoneRoutesDependencies {
  reader: Pick<Reader, 'find'>;
  door: PhoneDoor;
  repairs: Pick<RepairAddresses, 'findAddress'>;
}

const column = '/#telephone';

/** The forms of the home that open the phone. */
export function createPhoneRoutes({ reader, door, repairs }: PhoneRoutesDependencies): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  /** Who this browser is; after a reset, which forgets that, whose phone it shows. */
  async function ownerOf(c: Context<AppEnv>): Promise<Persona | undefined> {
    const slot = await reader.find(findBrowser(c));
    return slot?.persona ?? findPersona(findShownStore(c) ?? '');
  }

  routes.post('/telephone', async (c) => {
    await door.open(c, await ownerOf(c));
    return c.redirect(column, 303);
  });

  routes.post('/telephone/adresse', async (c) => {
    const { adresse } = await c.req.parseBody();
    const opened = await door.openAddress(c, await ownerOf(c), typeof adresse === 'string' ? adresse : '');
    if (!opened) throw errors('request.invalid', 'adresse');
    return c.redirect(column, 303);
  });

  /** A code that is over by now shows nothing. */
  routes.post('/telephone/reparation', async (c) => {
    const { reparation } = await c.req.parseBody();
    const address = typeof reparation === 'string' ? await repairs.findAddress(reparation) : undefined;
    if (address !== undefined) await door.openAddress(c, await ownerOf(c), address);
    return c.redirect(column, 303);
  });

  routes.post('/telephone/fenetre', async (c) =>
    leavingRedirect(c, await door.windowAddress(await ownerOf(c))),
  );

  return routes;
}

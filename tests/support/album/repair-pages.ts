import type { TestContext } from 'node:test';
import type { RepairSession } from '#repair';
import type { CookieBrowser } from '../cookie-browser.ts';
import { press } from '../http-walk.ts';
import {
  closedService,
  openRepairSite,
  portal,
  type RepairSite,
  sessionOf,
  verifyCard,
} from '../repair-site.ts';
import type { Camera } from './album.ts';

/** Every page of a repair, in the order in which a person could meet them. */
export async function takeRepair(t: TestContext, camera: Camera): Promise<void> {
  const site = await openRepairSite(t);
  await takeCard(site, camera);
  await takeEcps(site, camera);
  await takeEnds(site, camera);
}

const at = (site: RepairSite, path = '') => new URL(`/reparation${path}`, site.url);

async function signIn(site: RepairSite, camera: Camera, session: RepairSession): Promise<CookieBrowser> {
  return camera.openBrowser(await site.openBrowser(session));
}

async function takeCard(site: RepairSite, camera: Camera): Promise<void> {
  const { take } = camera;
  const browser = await signIn(site, camera, sessionOf('card', verifyCard(site.clock)));
  const page = await take('repair: by card', browser.open(at(site)));
  const code = await take('repair: QR code', browser.open(`${page.url}/telephone`));
  for (const id of site.enrolments.keys()) site.enrolments.set(id, 'redeemed');
  await take('repair: QR code taken', browser.open(code.url));
  await take('repair: by mail', press(browser, page, '/mail'));
}

async function takeEcps(site: RepairSite, camera: Camera): Promise<void> {
  const { take } = camera;
  const byEcps = verifyCard(site.clock, { method: 'ecps' });
  const browser = await signIn(site, camera, sessionOf('ecps', byEcps, [portal]));
  site.ecps.state = 'adeli';
  const { url } = await take('repair: e-CPS under ADELI', browser.open(at(site)));
  site.contacts.email = null;
  await take('repair: no contact details', browser.open(url));
  site.ecps.state = 'none';
  await take('repair: e-CPS removed', browser.open(url));
  site.ecps.state = 'active';
  await take('repair: e-CPS active', browser.open(url));
  site.link.rpps = null;
  await take('repair: a person must help', browser.open(url));
}

async function takeEnds(site: RepairSite, camera: Camera): Promise<void> {
  const { take } = camera;
  site.link.rpps = '99700000013';
  const services = [{ ...closedService, clientId: 'x' }];
  const browser = await signIn(site, camera, sessionOf('closed', verifyCard(site.clock), services));
  const page = await browser.open(at(site));
  await take('repair: back to a service without address', press(browser, page, '/retour'));
  await take('repair: done', browser.open(`${page.url}/e-cps`));
}

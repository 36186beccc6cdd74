import assert from 'node:assert/strict';
import {
  createDeviceKey,
  createPhone,
  type Phone,
  readActivationToken,
  type StoredCredential,
} from '#ecps-phone';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { waitForPhone } from './ecps-walk.ts';
import { openChoice, press, textOf } from './http-walk.ts';
import { followNamed, hrefOf, pressNamed } from './named-controls.ts';
import type { TestServer } from './start-test-server.ts';

export const password = 'une tisane de thym';
/** Few, so that tests do not wait for what only an attacker should. */
const iterations = 1000;

/** From the portal by card to **Réparer ma connexion**. */
export async function openRepair(browser: CookieBrowser, server: TestServer, slug: string): Promise<Page> {
  const portal = await readCard(browser, await openChoice(browser, server.urls), slug);
  return followNamed(browser, portal, 'Réparer ma connexion');
}

/** At the reader, the persona's card in it: back to what asked for it. */
export async function readCard(browser: CookieBrowser, choice: Page, persona: string): Promise<Page> {
  const reader = await press(browser, choice, '/carte');
  const isIn = /action="[^"]*\/code"/.test(reader.text);
  const inserted = isIn ? reader : await press(browser, reader, '/carte', { persona });
  return press(browser, inserted, '/code', { code: '1234' });
}

/** The token behind the QR code that a page shows. */
export function tokenOf(page: Page, server: TestServer): string {
  const token = readActivationToken(hrefOf(page, 'Ouvrir sur ce téléphone') ?? '', new URL(server.urls.app));
  assert.ok(token, 'the page shows a code');
  return token;
}

export interface ActivePhone {
  phone: Phone;
  stored: StoredCredential;
  credential: Awaited<ReturnType<Phone['activate']>>['credential'];
}

export async function openPhone(server: TestServer): Promise<Phone> {
  return createPhone({ baseUrl: new URL(server.urls.app), device: await createDeviceKey(), iterations });
}

/** What a phone does after a scan. */
export async function activateByToken(server: TestServer, token: string): Promise<ActivePhone> {
  const phone = await openPhone(server);
  return { phone, ...(await phone.activate(await phone.redeem(token), password)) };
}

/** A persona's card read, and its QR code scanned: a phone with an e-CPS of hers. */
export async function activateByCard(server: TestServer, slug: string): Promise<ActivePhone> {
  const browser = createCookieBrowser();
  const repair = await openRepair(browser, server, slug);
  const code = await pressNamed(browser, repair, 'Scanner avec mon téléphone');
  return activateByToken(server, tokenOf(code, server));
}

/** Whether a page that waits would still wait. */
export async function isPending(browser: CookieBrowser, page: Page): Promise<boolean> {
  const address = /data-waiting="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
  assert.ok(address, 'the page waits');
  const answer = await browser.request(new URL(address, page.url));
  return ((await answer.json()) as { pending: boolean }).pending;
}

/** **Se connecter avec ma e-CPS** on its page, which is filled in, confirmed on the phone. */
export async function signInByPhone(
  browser: CookieBrowser,
  form: Page,
  phone: Pick<ActivePhone, 'phone' | 'stored'>,
): Promise<Page> {
  const identifiant = /name="identifiant"[^>]*value="([^"]*)"/.exec(form.text)?.[1] ?? '';
  return approve(browser, await press(browser, form, '/e-cps/demande', { identifiant }), phone);
}

/** From the page that shows the number, by the phone's answer, to the service. */
export async function approve(
  browser: CookieBrowser,
  waiting: Page,
  { phone, stored }: Pick<ActivePhone, 'phone' | 'stored'>,
): Promise<Page> {
  const [approval] = (await phone.watch({ waitSeconds: 0 })).approvals;
  assert.ok(approval, 'the phone is asked');
  await phone.approve(stored, approval, { number: Number(textOf(waiting, 'number')), password });
  return waitForPhone(browser, waiting);
}

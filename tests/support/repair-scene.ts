import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { activationLink, choosePassword, confirm, pasteLink, smsCode } from './app-walk.ts';
import { openContext, type Size } from './browser.ts';
import { findLayoutFaults } from './layout-faults.ts';
import type { Stage } from './stage.ts';
import type { TestServer } from './start-test-server.ts';
import {
  followLink,
  getPersona,
  nameOf,
  openPortalAs,
  type PersonaJson,
  pressButton,
  signInFromHome,
} from './walk.ts';

/** A nurse at a computer, with her phone in her pocket. */
export interface Scene {
  server: TestServer;
  persona: PersonaJson & { email: string; phone: string };
  desk: Person;
  phone: Person;
}

/** One of her two screens, and how often she pressed something there. */
export interface Person {
  context: BrowserContext;
  page: Page;
  presses: number;
}

/** Presses what has this role and exactly this name, and counts it. */
export async function press(person: Person, role: 'button' | 'link', name: string): Promise<void> {
  person.presses++;
  await person.page.getByRole(role, { name, exact: true }).click();
}

export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, level: 1, exact: true });

/** Everything on this page has its room; what axe finds is looked for on every page there is, in another place. */
export async function look(page: Page): Promise<void> {
  assert.deepEqual(await findLayoutFaults(page), [], page.url());
}

interface SceneOptions {
  size: Size;
  slug: string;
}

/** From the sandbox's home, by card, to **Aucun lieu d'exercice**; the phone is a browser that has nothing. */
export async function openScene({ browser, server }: Stage, { size, slug }: SceneOptions): Promise<Scene> {
  const persona = (await getPersona(server, slug)) as Scene['persona'];
  const desk = await openContext(browser, size, { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await signInFromHome(desk, server.urls, persona);
  await heading(page, "Aucun lieu d'exercice").waitFor();
  const pocket = await openContext(browser, 'phone');
  const phone = { context: pocket, page: await pocket.newPage(), presses: 0 };
  return { server, persona, desk: { context: desk, page, presses: 0 }, phone };
}

/** The same by the e-CPS that is on her phone, an ordinary window that the sandbox's home opened. */
export async function openEcpsScene(
  { browser, server }: Stage,
  { size, slug }: SceneOptions,
): Promise<Scene> {
  const persona = (await getPersona(server, slug)) as Scene['persona'];
  const pocket = await openContext(browser, 'phone');
  const phone = { context: pocket, page: await openWindow(pocket, server, persona), presses: 0 };
  const context = await openContext(browser, size, { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await openPortalAs(context, server.urls, persona);
  await followLink(page, 'Connexion');
  await pressButton(page, 'e-CPS');
  await page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true }).fill(persona.nationalId);
  await pressButton(page, 'Se connecter avec ma e-CPS');
  const number = (await page.getByTestId('number').textContent())?.trim() ?? '';
  await heading(phone.page, 'Est-ce bien vous ?').waitFor();
  await confirm(phone.page, number, personaPassword);
  await heading(page, "Aucun lieu d'exercice").waitFor();
  await press(phone, 'button', 'Fermer');
  return { server, persona, desk: { context, page, presses: 0 }, phone };
}

/** Of the e-CPS that personas have from the start. */
export const personaPassword = 'hygie-sandbox-1';

async function openWindow(pocket: BrowserContext, { urls }: TestServer, persona: PersonaJson): Promise<Page> {
  const home = await pocket.newPage();
  await home.goto(urls.sandbox);
  await pressButton(home, nameOf(persona));
  await home.locator('.pick-control[aria-current]').waitFor();
  const [window] = await Promise.all([
    home.waitForEvent('popup'),
    pressButton(home, 'Ouvrir dans une fenêtre'),
  ]);
  await window.getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
  await home.close();
  return window;
}

export async function closeScene({ desk, phone }: Scene): Promise<void> {
  await Promise.all([desk.context.close(), phone.context.close()]);
}

/** On the wallet's e-CPS page, filled in by itself: to the number, the phone's answer, and her places. */
export async function signInByPhone({ desk, phone, persona }: Scene, typed: string): Promise<void> {
  const box = desk.page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true });
  await box.waitFor();
  assert.equal(await box.inputValue(), persona.rpps);
  await press(desk, 'button', 'Se connecter avec ma e-CPS');
  const number = (await desk.page.getByTestId('number').textContent())?.trim() ?? '';
  await heading(phone.page, 'Est-ce bien vous ?').waitFor();
  await confirm(phone.page, number, typed);
}

/** **Mes lieux d'exercice** under the RPPS number, with as many articles as the persona has places. */
export async function expectPlaces({ desk, persona }: Scene): Promise<void> {
  await heading(desk.page, "Mes lieux d'exercice").waitFor();
  assert.equal(await desk.page.getByTestId('national-id').textContent(), `Numéro RPPS ${persona.rpps}`);
  const articles = desk.page.getByRole('article');
  const names = await articles.getByRole('heading').allTextContents();
  assert.deepEqual(names.sort(), [...persona.places].sort());
}

/** From a screen of the app that offers it, her number written already, to **Votre e-CPS est activée**. */
export async function activateByMail({ server, phone, persona }: Scene): Promise<void> {
  const { page } = phone;
  await press(phone, 'button', "Demander l'activation de la e-CPS");
  const number = page.getByRole('textbox', { name: 'Numéro RPPS', exact: true });
  assert.equal((await number.inputValue()).replace(/\D/g, ''), persona.rpps);
  await press(phone, 'button', "Envoyer ma demande d'activation");
  await heading(page, 'Consultez vos mails').waitFor();
  await pasteLink(page, await activationLink(server, persona.email));
  await press(phone, 'button', 'Par SMS');
  const code = await smsCode(server, persona.phone);
  await page.getByRole('textbox', { name: "Code d'activation", exact: true }).fill(code);
  await press(phone, 'button', 'Valider');
  await choosePassword(page);
}

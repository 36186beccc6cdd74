import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { openContext, sizesOf } from '../support/browser.ts';
import { findFaults } from '../support/looks.ts';
import { shareStage } from '../support/stage.ts';
import type { TestServer } from '../support/start-test-server.ts';
import {
  followLink,
  getPersona,
  nameOf,
  openPortal,
  type PersonaJson,
  pressButton,
  typePin,
} from '../support/walk.ts';

const openStage = shareStage();

type Place = Page | FrameLocator;
const heading = (place: Place, name: string) => place.getByRole('heading', { level: 1, name, exact: true });
const button = (place: Place, name: string) => place.getByRole('button', { name, exact: true });
const box = (place: Place, name: string) => place.getByRole('textbox', { name, exact: true });

const slug = 'infirmier-ecps-adeli';
const removed = 'Votre e-CPS a été supprimée';
const activate = "Demander l'activation de la e-CPS";

/** The sandbox's home with a persona's phone open on it. */
async function openHomeWithPhone(context: BrowserContext, { urls }: TestServer, persona: PersonaJson) {
  const home = await context.newPage();
  await home.goto(urls.sandbox);
  await pressButton(home, nameOf(persona));
  await home.locator('.pick-control[aria-current]').waitFor();
  await pressButton(home, 'Ouvrir son téléphone');
  const phone = home.frameLocator('iframe[title="Téléphone"]');
  await phone.getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
  return phone;
}

async function typeIdentifier(page: Page, number: string): Promise<void> {
  await followLink(page, 'Mot de passe oublié');
  await box(page, 'Identifiant e-CPS').fill(number);
  await pressButton(page, 'Continuer');
}

/** The last code that a person was sent. */
async function lastCode(server: TestServer, channel: 'mails' | 'sms'): Promise<string> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await server.api<{ code: string | null }[]>('GET', `/api/${channel}`);
    const code = body.find((message) => message.code)?.code;
    if (code) return code;
    assert.ok(Date.now() < deadline, `no code among the ${channel}`);
    await new Promise(setImmediate);
  }
}

async function typeCodes(page: Page, server: TestServer): Promise<void> {
  await box(page, 'Code reçu par mail').fill(await lastCode(server, 'mails'));
  await box(page, 'Code reçu par SMS').fill(await lastCode(server, 'sms'));
  await pressButton(page, 'Supprimer ma e-CPS');
}

for (const size of sizesOf('phone')) {
  test(`a forgotten password: both codes, and the open phone learns of it (${size})`, async () => {
    const { browser, server } = await openStage();
    await using context = await openContext(browser, size);
    const persona = await getPersona(server, slug);
    const phone = await openHomeWithPhone(context, server, persona);
    const page = await openPortal(context, server.urls);
    const look = async (name: string) => assert.deepEqual(await findFaults(page), [], name);
    await followLink(page, 'Connexion');
    await look('sign-in page');
    await pressButton(page, 'e-CPS');
    await followLink(page, 'Mot de passe oublié');
    await heading(page, 'Mot de passe oublié').waitFor();
    await look('identifier');
    await box(page, 'Identifiant e-CPS').fill('99700000014');
    await pressButton(page, 'Continuer');
    assert.equal(await box(page, 'Identifiant e-CPS').getAttribute('aria-invalid'), 'true');
    await look('wrong digit');
    await box(page, 'Identifiant e-CPS').fill(persona.adeli ?? '');
    await pressButton(page, 'Continuer');
    await button(page, 'Carte CPS').waitFor();
    await look('proofs');
    await pressButton(page, 'Recevoir les codes');
    await box(page, 'Code reçu par mail').fill('000000');
    await look('codes');
    await pressButton(page, 'Supprimer ma e-CPS');
    assert.equal(await box(page, 'Code reçu par SMS').getAttribute('aria-invalid'), 'true');
    await look('missing code');
    await pressButton(page, 'Renvoyer les codes');
    await page.getByText('Les derniers codes sont en route').waitFor();
    await look('too soon');
    await typeCodes(page, server);
    await heading(page, removed).waitFor();
    await look('removed');
    await heading(phone, "Cette e-CPS n'existe plus").waitFor();
    await button(phone, activate).waitFor();
    await pressButton(page, activate);
    await page.getByRole('img', { name: 'QR code de l’adresse de l’application e-CPS' }).waitFor();
    await look('activation');
    await followLink(page, 'Revenir où j’en étais');
    await button(page, 'Se connecter avec ma e-CPS').waitFor();
  });
}

for (const size of sizesOf('desk')) {
  test(`a forgotten password: the card, after one that is not hers (${size})`, async () => {
    const { browser, server } = await openStage();
    await using context = await openContext(browser, size, { javaScriptEnabled: false });
    const persona = await getPersona(server, slug);
    const page = await openPortal(context, server.urls);
    await followLink(page, 'Connexion');
    await typeIdentifier(page, persona.adeli ?? '');
    await pressButton(page, 'Carte CPS');
    await pressButton(page, 'Insérer la carte de Julien Marchand');
    await typePin(page);
    await page.getByText('Rien n’a été supprimé', { exact: true }).waitFor();
    assert.deepEqual(await findFaultsWithoutScripts(page), []);
    await pressButton(page, 'Carte CPS');
    await pressButton(page, 'Retirer sa carte');
    await pressButton(page, `Insérer la carte de ${nameOf(persona)}`);
    await typePin(page);
    await heading(page, removed).waitFor();
    await pressButton(page, activate);
    await page.getByRole('link', { name: activate, exact: true }).waitFor();
  });
}

/** Without scripts in the page only its width can be looked at. */
async function findFaultsWithoutScripts(page: Page): Promise<string[]> {
  const main = await page.locator('main').boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  return main && main.x + main.width <= width ? [] : ['the page scrolls sideways'];
}

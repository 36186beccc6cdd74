import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { openContext, type Size, scrollsSideways } from '../support/browser.ts';
import { startSplitHosts } from '../support/split-hosts.ts';
import { shareStage } from '../support/stage.ts';
import type { TestServer } from '../support/start-test-server.ts';
import { followLink, getPersona, nameOf, openPortalAs, pressButton } from '../support/walk.ts';

const openStage = shareStage();

const password = 'hygie-sandbox-1';

async function openHome(context: BrowserContext, server: TestServer, slug: string): Promise<Page> {
  const home = await context.newPage();
  await home.goto(server.urls.sandbox);
  await pressButton(home, nameOf(await getPersona(server, slug)));
  await home.locator('.pick-control[aria-current]').waitFor();
  return home;
}

async function openPhone(home: Page): Promise<FrameLocator> {
  await pressButton(home, 'Ouvrir son téléphone');
  return phoneOf(home);
}

const phoneOf = (home: Page): FrameLocator => home.frameLocator('iframe[title="Téléphone"]');
const heading = (frame: FrameLocator | Page, name: string) =>
  frame.getByRole('heading', { name, exact: true });
const button = (frame: FrameLocator | Page, name: string) => frame.getByRole('button', { name, exact: true });
const box = (frame: FrameLocator | Page, name: string) => frame.getByRole('textbox', { name, exact: true });

/** From the sign-in page, by e-CPS, to the number. */
async function askByEcps(portal: Page, identifier: string): Promise<string> {
  await followLink(portal, 'Connexion');
  await pressButton(portal, 'e-CPS');
  await box(portal, 'Identifiant e-CPS').fill(identifier);
  await pressButton(portal, 'Se connecter avec ma e-CPS');
  return (await portal.getByTestId('number').textContent())?.trim() ?? '';
}

async function approve(phone: FrameLocator | Page, number: string): Promise<void> {
  await heading(phone, 'Est-ce bien vous ?').waitFor();
  await phone.getByRole('radio', { name: number, exact: true }).check();
  await phone.getByLabel('Mot de passe', { exact: true }).fill(password);
  await button(phone, 'Confirmer').click();
}

for (const size of ['desk', 'phone'] as const satisfies Size[]) {
  test(`the phone in the frame holds the persona's e-CPS and signs her in (${size})`, async () => {
    const { browser, server } = await openStage();
    await using context = await openContext(browser, size);
    const persona = await getPersona(server, 'medecin-deux-lieux');
    const home = await openHome(context, server, persona.slug);
    const phone = await openPhone(home);
    await phone.getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
    assert.equal(await scrollsSideways(home), false);

    const [portal] = await Promise.all([home.waitForEvent('popup'), pressButton(home, 'Ouvrir le portail')]);
    const number = await askByEcps(portal, persona.nationalId);
    await approve(phone, number);
    await button(portal, 'Déconnexion').waitFor();
    assert.match((await portal.getByTestId('national-id').textContent()) ?? '', /RPPS/);
  });

  test(`from the home alone an e-CPS is activated by mail and SMS (${size})`, async () => {
    const { browser, server } = await openStage();
    await using context = await openContext(browser, size);
    const persona = await getPersona(server, 'infirmiere-adeli');
    const home = await openHome(context, server, persona.slug);
    let phone = await openPhone(home);
    await button(phone, "Demander l'activation de la e-CPS").click();
    await box(phone, 'Numéro RPPS').fill(persona.rpps ?? '');
    await button(phone, "Envoyer ma demande d'activation").click();
    await heading(phone, 'Consultez vos mails').waitFor();

    await home.getByRole('button', { name: 'Ouvrir sur son téléphone', exact: true }).click();
    phone = phoneOf(home);
    await button(phone, 'Par SMS').click();
    const code = await home.locator('#sms .message-code').first().textContent();
    await box(phone, "Code d'activation").fill(code?.replace(/\D/g, '') ?? '');
    await button(phone, 'Valider').click();
    await phone.getByLabel('Mot de passe', { exact: true }).fill(password);
    await phone.getByLabel('Confirmer le mot de passe', { exact: true }).fill(password);
    await button(phone, 'Activer ma e-CPS').click();
    await heading(phone, 'Votre e-CPS est activée').waitFor();
    assert.equal(await scrollsSideways(home), false);
  });
}

test('a window is a phone of its own, and frame and window of one browser are one phone', async () => {
  const { browser, server } = await openStage();
  const persona = await getPersona(server, 'sage-femme');
  await using context = await openContext(browser, 'desk');
  const home = await openHome(context, server, persona.slug);
  const phone = await openPhone(home);
  await phone.getByRole('link', { name: 'Paramètres', exact: true }).waitFor();

  await using another = await openContext(browser, 'phone');
  const secondHome = await openHome(another, server, persona.slug);
  const [window] = await Promise.all([
    secondHome.waitForEvent('popup'),
    pressButton(secondHome, 'Ouvrir dans une fenêtre'),
  ]);
  await window.getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
  assert.equal(new URL(window.url()).origin, server.urls.app);
  assert.doesNotMatch(window.url(), /jeton/);

  const portal = await openPortalAs(context, server.urls, persona);
  const number = await askByEcps(portal, persona.nationalId);
  await heading(phone, 'Est-ce bien vous ?').waitFor();
  await approve(window, number);
  await button(portal, 'Déconnexion').waitFor();
});

test('the phone follows the persona, and a reset begins it again with what she has then', async () => {
  const { browser, server } = await openStage();
  await using context = await openContext(browser, 'desk');
  const home = await openHome(context, server, 'infirmiere-adeli');
  let phone = await openPhone(home);
  await button(phone, "Demander l'activation de la e-CPS").waitFor();

  await pressButton(home, nameOf(await getPersona(server, 'pharmacienne')));
  phone = phoneOf(home);
  await phone.getByRole('link', { name: 'Paramètres', exact: true }).click();
  await button(phone, 'Désactiver ma e-CPS').click();
  await button(phone, 'Confirmer la désactivation').click();
  await heading(phone, 'Votre e-CPS est désactivée').waitFor();
  assert.deepEqual((await getPersona(server, 'pharmacienne')).means, ['card']);

  await server.api('POST', '/api/reset');
  await phoneOf(home).getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
  await pressButton(home, 'Tout remettre à zéro');
  await phoneOf(home).getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
});

test('links of a mail open in tabs of their own', async () => {
  const { browser, server } = await openStage();
  await using context = await openContext(browser, 'desk');
  await server.api('POST', '/api/ecps', { persona: 'infirmier-rpps', behaviour: 'approve' });
  const home = await openHome(context, server, 'infirmier-rpps');
  const link = home.getByRole('link', { name: "Démarrer l'activation", exact: true }).first();
  const [tab] = await Promise.all([home.waitForEvent('popup'), link.click()]);
  assert.equal(new URL(tab.url()).origin, server.urls.app);
  const whole = home.getByRole('link', { name: 'Voir le mail entier', exact: true }).first();
  const [mail] = await Promise.all([home.waitForEvent('popup'), whole.click()]);
  await mail.waitForLoadState();
  assert.match(mail.url(), /\/mails\//);
});

/** Chromium refuses storage to a frame of another site in a private context, such as this one: the frame is left out. */
test('with each listener on a host of its own a window is her phone, and a simulated one reaches the app', async (t) => {
  const { browser } = await openStage();
  const server = await startSplitHosts(t);
  await using context = await openContext(browser, 'desk');
  const persona = await getPersona(server, 'medecin-deux-lieux');
  const home = await openHome(context, server, persona.slug);
  const [window] = await Promise.all([
    home.waitForEvent('popup'),
    pressButton(home, 'Ouvrir dans une fenêtre'),
  ]);
  await window.getByRole('link', { name: 'Paramètres', exact: true }).waitFor();
  assert.match(window.url(), /^http:\/\/app\.localhost:/);

  const portal = await openPortalAs(context, server.urls, persona);
  await approve(window, await askByEcps(portal, persona.nationalId));
  await button(portal, 'Déconnexion').waitFor();

  const order = { persona: 'infirmier-rpps', behaviour: 'approve' };
  assert.equal((await server.api('POST', '/api/ecps', order)).status, 204);
});

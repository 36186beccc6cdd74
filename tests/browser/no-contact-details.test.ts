import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { activationLink, choosePassword, password, requestActivation, smsCode } from '../support/app-walk.ts';
import { openContext, type Size, sizesOf } from '../support/browser.ts';
import {
  activateByMail,
  closeScene,
  expectPlaces,
  heading,
  look,
  openScene,
  press,
  type Scene,
  signInByPhone,
} from '../support/repair-scene.ts';
import { scanCode } from '../support/scan-code.ts';
import { shareStage } from '../support/stage.ts';
import {
  getPersona,
  openPortalAs,
  openReader,
  pressButton,
  signInFromHome,
  typePin,
} from '../support/walk.ts';

const openStage = shareStage();
const contacts = { email: 'lina.kerbrat@laposte.net', phone: '0639987742' };

async function openRepair(size: Size): Promise<Scene> {
  const scene = await openScene(await openStage(), { size, slug: 'infirmiere-sans-coordonnees' });
  await press(scene.desk, 'link', 'Réparer ma connexion');
  await heading(scene.desk.page, 'Réparer ma connexion').waitFor();
  return scene;
}

for (const size of sizesOf('desk')) {
  test(`without contact details: they are registered under the card, then mail and SMS (${size})`, async () => {
    const scene = await openRepair(size);
    const { desk, phone } = scene;
    const byMail = desk.page.getByRole('button', { name: 'Par mail et SMS', exact: true });
    assert.equal(await byMail.isDisabled(), true);
    const reason = await byMail.getAttribute('aria-describedby');
    assert.match((await desk.page.locator(`#${reason}`).textContent()) ?? '', /^Indisponible/);
    await look(desk.page);
    const ticket = desk.page.url();
    await press(desk, 'link', 'Enregistrer mes coordonnées');
    await desk.page.getByRole('textbox', { name: 'Adresse e-mail', exact: true }).fill(contacts.email);
    await desk.page.getByRole('textbox', { name: 'Téléphone mobile', exact: true }).fill(contacts.phone);
    await press(desk, 'button', 'Enregistrer');
    await heading(desk.page, 'Vos coordonnées sont enregistrées').waitFor();
    await press(desk, 'link', 'Continuer');
    assert.equal(desk.page.url(), ticket);
    await press(desk, 'button', 'Par mail et SMS');
    await phone.page.goto(await scanCode(desk.page));
    await activateByMail({ ...scene, persona: { ...scene.persona, ...contacts } });
    await signInByPhone(scene, password);
    await expectPlaces(scene);
    await closeScene(scene);
  });
}

test('without contact details the card’s QR code works as it is', async () => {
  const scene = await openRepair('desk');
  const { desk, phone } = scene;
  await press(desk, 'button', 'Scanner avec mon téléphone');
  await phone.page.goto(await scanCode(desk.page));
  await choosePassword(phone.page);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
  await closeScene(scene);
});

test('an expired card names its cause, and a phone takes its place', async () => {
  const { browser, server } = await openStage();
  await using context = await openContext(browser, 'desk');
  const persona = (await getPersona(server, 'infirmier-carte-expiree')) as Scene['persona'];
  const page = await openPortalAs(context, server.urls, persona);
  await openReader(page);
  await typePin(page);
  await page.getByTestId('card-failure').waitFor();
  assert.equal(await page.getByTestId('cause').getAttribute('data-code'), 'authenticator_expired');
  await page.getByRole('link', { name: "Demander l'activation de la e-CPS", exact: true }).waitFor();
  await using pocket = await openContext(browser, 'phone');
  const phone = { context: pocket, page: await pocket.newPage(), presses: 0 };
  const scene = { server, persona, desk: { context, page, presses: 0 }, phone };
  await phone.page.goto(server.urls.app);
  await requestActivation(phone.page, persona.rpps ?? '');
  await phone.page.goto(await activationLink(server, persona.email));
  await phone.page.getByRole('button', { name: 'Par SMS', exact: true }).click();
  await finishBySms(scene);
  await pressButton(page, 'e-CPS');
  await page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true }).fill(persona.nationalId);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
});

async function finishBySms({ server, persona, phone }: Scene): Promise<void> {
  const box = phone.page.getByRole('textbox', { name: "Code d'activation", exact: true });
  await box.fill(await smsCode(server, persona.phone));
  await phone.page.getByRole('button', { name: 'Valider', exact: true }).click();
  await choosePassword(phone.page);
}

/** What is asked of a person, in a message to copy or print. */
async function expectHelp(page: Page, cause: string): Promise<void> {
  assert.equal(await page.getByTestId('cause').getAttribute('data-code'), cause);
  await page
    .getByText(/l’Ordre des infirmiers \(ordre-infirmiers\.fr\)/)
    .first()
    .waitFor();
  const message = await page.locator('#message').textContent();
  await pressButton(page, 'Copier le message');
  await page.getByText('Le message est copié.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), message);
  await look(page);
}

for (const [slug, cause] of [
  ['infirmiere-non-inscrite', 'no_rpps'],
  ['infirmiere-homonyme', 'identity_mismatch'],
  ['infirmier-sans-lieu', 'no_place_of_practice'],
  ['infirmier-lieu-ferme', 'place_closed'],
  ['infirmiere-radiee', 'record_inactive'],
] as const) {
  test(`${cause}: whom to ask, with a message ready, and back to the service`, async () => {
    const { browser, server } = await openStage();
    const permissions = ['clipboard-read', 'clipboard-write'];
    await using context = await openContext(browser, 'phone', { permissions });
    const page = await signInFromHome(context, server.urls, await getPersona(server, slug));
    await page.getByRole('link', { name: 'Réparer ma connexion', exact: true }).click();
    await heading(page, 'Réparer ma connexion').waitFor();
    await expectHelp(page, cause);
    await pressButton(page, 'Revenir au service');
    await heading(page, "Aucun lieu d'exercice").waitFor();
  });
}

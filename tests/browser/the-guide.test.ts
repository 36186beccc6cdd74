import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choosePassword, password } from '../support/app-walk.ts';
import { openContext, type Size } from '../support/browser.ts';
import {
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
import { startSplitHosts } from '../support/split-hosts.ts';
import { type Stage, shareStage } from '../support/stage.ts';
import { followLink, getPersona, nameOf, pressButton } from '../support/walk.ts';

const slug = 'infirmiere-adeli';
const openStage = shareStage();

/** A scan counts as an action on the phone, like a press. */
async function scan({ desk, phone }: Scene): Promise<void> {
  phone.presses++;
  await phone.page.goto(await scanCode(desk.page));
}

/** From **Aucun lieu d'exercice**, over the phone, to her two places. */
async function walk(stage: Stage, size: Size): Promise<void> {
  const scene = await openScene(stage, { size, slug });
  const { desk, phone, persona } = scene;
  await press(desk, 'link', 'Réparer ma connexion');
  await heading(desk.page, 'Réparer ma connexion').waitFor();
  await look(desk.page);
  await press(desk, 'button', 'Scanner avec mon téléphone');
  await desk.page.getByRole('link', { name: 'Ouvrir sur ce téléphone', exact: true }).waitFor();
  await look(desk.page);

  await scan(scene);
  await heading(phone.page, `Vous activez l'e-CPS de ${nameOf(persona)}`).waitFor();
  await heading(desk.page, 'Continuez sur votre téléphone').waitFor();
  await look(desk.page);
  phone.presses++;
  await choosePassword(phone.page);
  const back = phone.page.getByRole('link', { name: "Retourner à mes lieux d'exercice", exact: true });
  assert.equal(new URL((await back.getAttribute('href')) ?? '').origin, stage.server.urls.portal);
  await look(phone.page);
  assert.ok(phone.presses <= 3, `${phone.presses} actions on the phone`);

  await signInByPhone(scene, password);
  await expectPlaces(scene);
  assert.ok(desk.presses <= 3, `${desk.presses} clicks on the computer`);
  await closeScene(scene);
}

for (const size of ['desk', 'phone'] as const) {
  test(`the guide by card QR, three clicks and two actions on the phone (${size})`, async () =>
    walk(await openStage(), size));
}

test('the guide by card QR with each listener on a host of its own', async (t) =>
  walk({ ...(await openStage()), server: await startSplitHosts(t) }, 'desk'));

test('the QR code is drawn anew before it dies, and what is copied is alive', async () => {
  const scene = await openScene(await openStage(), { size: 'desk', slug });
  const { page } = scene.desk;
  await page.clock.install();
  await followLink(page, 'Réparer ma connexion');
  await pressButton(page, 'Scanner avec mon téléphone');
  const link = page.getByRole('link', { name: 'Ouvrir sur ce téléphone', exact: true });
  const first = await link.getAttribute('href');
  assert.equal(await scanCode(page), first);
  const fresh = page.waitForResponse((response) => response.url() === page.url());
  await page.clock.runFor(61_000);
  await fresh;
  await page.waitForFunction((old) => !document.querySelector(`a[href="${old}"]`), first);
  const second = await link.getAttribute('href');
  assert.notEqual(second, first);
  assert.equal(await scanCode(page), second);
  await pressButton(page, 'Copier le lien');
  await page.getByText('Le lien est copié.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), second);
  await closeScene(scene);
});

test('without scripts the QR code has a button, and the page goes on by itself', async () => {
  const { browser, server } = await openStage();
  await using context = await openContext(browser, 'desk', { javaScriptEnabled: false });
  await using pocket = await openContext(browser, 'phone');
  const page = await context.newPage();
  await page.goto(new URL('/reparation', server.urls.wallet).href);
  await pressButton(page, 'Carte CPS');
  await pressButton(page, `Insérer la carte de ${nameOf(await getPersona(server, slug))}`);
  await page.getByRole('textbox', { name: 'Code porteur', exact: true }).fill('1234');
  await pressButton(page, 'Valider');
  await pressButton(page, 'Scanner avec mon téléphone');
  const link = page.getByRole('link', { name: 'Ouvrir sur ce téléphone', exact: true });
  const first = await link.getAttribute('href');
  assert.equal(await page.getByRole('button', { name: 'Copier le lien' }).isVisible(), false);
  await pressButton(page, 'Nouveau QR code');
  const second = await link.getAttribute('href');
  assert.notEqual(second, first);
  const phone = await pocket.newPage();
  await phone.goto(second ?? '');
  await choosePassword(phone);
  await heading(page, 'Votre e-CPS est active').waitFor({ timeout: 30_000 });
});

test('her phone in the sandbox’s home opens the code that the computer shows', async () => {
  const scene = await openScene(await openStage(), { size: 'desk', slug });
  const [home] = scene.desk.context.pages();
  assert.ok(home);
  await pressButton(home, 'Ouvrir son téléphone');
  await followLink(scene.desk.page, 'Réparer ma connexion');
  await pressButton(scene.desk.page, 'Scanner avec mon téléphone');
  await scene.desk.page.getByRole('link', { name: 'Ouvrir sur ce téléphone', exact: true }).waitFor();
  await home.bringToFront();
  await pressButton(home, 'Ouvrir sur son téléphone');
  const phone = home.frameLocator('iframe[title="Téléphone"]');
  const title = `Vous activez l'e-CPS de ${nameOf(scene.persona)}`;
  await phone.getByRole('heading', { name: title, exact: true }).waitFor();
  await phone.getByLabel('Mot de passe', { exact: true }).fill(password);
  await phone.getByLabel('Confirmer le mot de passe', { exact: true }).fill(password);
  await phone.getByRole('button', { name: 'Activer ma e-CPS', exact: true }).click();
  const back = phone.getByRole('link', { name: "Retourner à mes lieux d'exercice", exact: true });
  assert.equal(await back.getAttribute('target'), 'portail');
  await scene.desk.page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true }).waitFor();
  await closeScene(scene);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { choosePassword, password } from '../support/app-walk.ts';
import type { Size } from '../support/browser.ts';
import {
  activateByMail,
  closeScene,
  expectPlaces,
  heading,
  look,
  openEcpsScene,
  press,
  type Scene,
  signInByPhone,
} from '../support/repair-scene.ts';
import { scanCode } from '../support/scan-code.ts';
import { startSplitHosts } from '../support/split-hosts.ts';
import { type Stage, shareStage } from '../support/stage.ts';
import type { TestServer } from '../support/start-test-server.ts';
import { nameOf, pressButton, typePin } from '../support/walk.ts';

const slug = 'infirmier-ecps-adeli';
const openStage = shareStage();

async function openRepair(stage: Stage, size: Size): Promise<Scene> {
  const scene = await openEcpsScene(stage, { size, slug });
  const { page } = scene.desk;
  assert.equal(await page.getByTestId('cause').getAttribute('data-code'), 'ecps_under_adeli');
  await press(scene.desk, 'link', 'Réparer ma connexion');
  await heading(page, 'Réparer ma connexion').waitFor();
  await look(page);
  const steps = await page
    .getByRole('main')
    .getByRole('list')
    .first()
    .getByRole('listitem')
    .allTextContents();
  assert.match(steps[0] ?? '', /^Désactivez l’e-CPS qui porte votre numéro ADELI/);
  assert.match(steps[1] ?? '', /^Activez une e-CPS avec votre numéro RPPS/);
  return scene;
}

/** In the app's settings; no password is asked. */
async function deactivate({ phone }: Scene): Promise<void> {
  await press(phone, 'link', 'Paramètres');
  await press(phone, 'button', 'Désactiver ma e-CPS');
  await press(phone, 'button', 'Confirmer la désactivation');
  await heading(phone.page, 'Votre e-CPS est désactivée').waitFor();
}

/** The page learns that the old e-CPS is gone, and what is left to do. */
const expectRemoved = (page: Page) => page.getByText(/il reste à activer une e-CPS à ce numéro/).waitFor();

async function walkBySettings(stage: Stage, size: Size): Promise<void> {
  const scene = await openRepair(stage, size);
  await deactivate(scene);
  await expectRemoved(scene.desk.page);
  await press(scene.desk, 'button', 'Par mail et SMS');
  await heading(scene.desk.page, 'Par mail et SMS').waitFor();
  await activateByMail(scene);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
  await closeScene(scene);
}

for (const size of ['desk', 'phone'] as const) {
  test(`an e-CPS under ADELI, deactivated in the app, is activated under RPPS (${size})`, async () =>
    walkBySettings(await openStage(), size));
}

test('an e-CPS under ADELI is repaired with each listener on a host of its own', async (t) =>
  walkBySettings({ ...(await openStage()), server: await startSplitHosts(t) }, 'desk'));

test('with the card the way from an e-CPS under ADELI is one scan', async () => {
  const scene = await openRepair(await openStage(), 'desk');
  const { desk, phone, persona } = scene;
  await press(desk, 'link', 'Avec ma carte CPS');
  await pressButton(desk.page, 'Carte CPS');
  await typePin(desk.page);
  await desk.page.getByRole('link', { name: 'Ouvrir sur ce téléphone', exact: true }).waitFor();
  await phone.page.goto(await scanCode(desk.page));
  await heading(phone.page, `Vous activez l'e-CPS de ${nameOf(persona)}`).waitFor();
  await choosePassword(phone.page);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
  await closeScene(scene);
});

test('a forgotten password inside a repair: removed by both codes, then back to the repair', async () => {
  const scene = await openRepair(await openStage(), 'phone');
  const { server, desk, phone, persona } = scene;
  const { page } = desk;
  const ticket = page.url();
  await press(desk, 'link', 'Mot de passe oublié');
  await page.getByRole('textbox', { name: 'Identifiant e-CPS', exact: true }).fill(persona.nationalId);
  await press(desk, 'button', 'Continuer');
  await press(desk, 'button', 'Recevoir les codes');
  for (const [channel, name] of [
    ['mails', 'Code reçu par mail'],
    ['sms', 'Code reçu par SMS'],
  ] as const) {
    await page.getByRole('textbox', { name, exact: true }).fill(await lastCode(server, channel));
  }
  await press(desk, 'button', 'Supprimer ma e-CPS');
  await heading(page, 'Votre e-CPS a été supprimée').waitFor();
  await heading(phone.page, "Cette e-CPS n'existe plus").waitFor();
  for (const channel of ['mails', 'sms']) await server.api('DELETE', `/api/${channel}`);
  await press(desk, 'link', 'Continuer');
  assert.equal(page.url(), ticket);
  await expectRemoved(page);
  await press(desk, 'button', 'Par mail et SMS');
  await phone.page.goto(await scanCode(page));
  await heading(phone.page, "Cette e-CPS n'existe plus").waitFor();
  await activateByMail(scene);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
  await closeScene(scene);
});

async function lastCode(server: TestServer, channel: 'mails' | 'sms'): Promise<string> {
  for (;;) {
    const { body } = await server.api<{ code: string | null }[]>('GET', `/api/${channel}`);
    const code = body.find((message) => message.code)?.code;
    if (code) return code;
    await new Promise(setImmediate);
  }
}

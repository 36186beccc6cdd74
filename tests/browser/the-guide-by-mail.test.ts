import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activationLink, choosePassword, password, smsCode } from '../support/app-walk.ts';
import type { Size } from '../support/browser.ts';
import {
  activateByMail,
  closeScene,
  expectPlaces,
  heading,
  look,
  openScene,
  press,
  signInByPhone,
} from '../support/repair-scene.ts';
import { scanCode } from '../support/scan-code.ts';
import { startSplitHosts } from '../support/split-hosts.ts';
import { type Stage, shareStage } from '../support/stage.ts';

const slug = 'infirmiere-adeli';
const openStage = shareStage();

/** From **Aucun lieu d'exercice**, by mail and SMS, to her two places. */
async function walk(stage: Stage, size: Size): Promise<void> {
  const { urls } = stage.server;
  const scene = await openScene(stage, { size, slug });
  const { desk, phone, persona } = scene;
  await press(desk, 'link', 'Réparer ma connexion');
  await press(desk, 'button', 'Par mail et SMS');
  await heading(desk.page, 'Par mail et SMS').waitFor();
  await look(desk.page);
  const address = await scanCode(desk.page);
  assert.equal(address, `${urls.app}/#rpps=${persona.rpps}`);
  await press(desk, 'button', 'Copier le lien');
  assert.equal(await desk.page.evaluate(() => navigator.clipboard.readText()), address);

  await phone.page.goto(address);
  await activateByMail(scene);
  const back = phone.page.getByRole('link', { name: "Retourner à mes lieux d'exercice", exact: true });
  assert.equal(new URL((await back.getAttribute('href')) ?? '').origin, urls.portal);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
  await closeScene(scene);
}

for (const size of ['desk', 'phone'] as const) {
  test(`the guide by mail and SMS (${size})`, async () => walk(await openStage(), size));
}

test('the guide by mail and SMS with each listener on a host of its own', async (t) =>
  walk({ ...(await openStage()), server: await startSplitHosts(t) }, 'desk'));

test('the mail read on the computer says to go on with the phone, and consumes nothing', async () => {
  const scene = await openScene(await openStage(), { size: 'desk', slug });
  const { server, desk, phone, persona } = scene;
  await press(desk, 'link', 'Réparer ma connexion');
  await press(desk, 'button', 'Par mail et SMS');
  await phone.page.goto(await scanCode(desk.page));
  await press(phone, 'button', "Demander l'activation de la e-CPS");
  await press(phone, 'button', "Envoyer ma demande d'activation");
  const link = await activationLink(server, persona.email);
  const tab = await desk.context.newPage();
  await tab.goto(link);
  await heading(tab, 'Continuez sur votre téléphone').waitFor();
  await tab.close();
  await phone.page.goto(link);
  await press(phone, 'button', 'Par SMS');
  const code = await smsCode(server, persona.phone);
  await phone.page.getByRole('textbox', { name: "Code d'activation", exact: true }).fill(code);
  await press(phone, 'button', 'Valider');
  await choosePassword(phone.page);
  await signInByPhone(scene, password);
  await expectPlaces(scene);
  await closeScene(scene);
});

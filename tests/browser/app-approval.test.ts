import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { activate, askPhone, confirm, findPerson, password } from '../support/app-walk.ts';
import { openContext } from '../support/browser.ts';
import { shareStage } from '../support/stage.ts';

const openStage = shareStage();

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

/** A phone with an active e-CPS, and a desk that asks it. */
async function openBoth(t: TestContext) {
  const { browser, server } = await openStage();
  const person = await findPerson(server, 'infirmier-rpps');
  const phoneContext = await openContext(browser, 'phone');
  const phone = await phoneContext.newPage();
  await activate(phone, server, person);
  await phone.getByRole('button', { name: 'Terminer' }).click();
  const deskContext = await openContext(browser, 'desk');
  t.after(() => Promise.all([phoneContext.close(), deskContext.close()]));
  const desk = await deskContext.newPage();
  return { server, person, phone, phoneContext, desk };
}

test('a request appears by itself, is confirmed, and the desk goes on', async (t) => {
  const { server, person, phone, desk } = await openBoth(t);
  const number = await askPhone(desk, server, person.rpps);
  await heading(phone, 'Est-ce bien vous ?').waitFor();
  assert.equal(await phone.getByTestId('service').textContent(), 'Mes lieux d’exercice');
  assert.equal(await phone.getByRole('radio').count(), 3);

  await phone.getByRole('button', { name: 'Confirmer' }).click();
  await phone.getByText('Choisissez le nombre affiché').waitFor();
  await confirm(phone, number);
  await heading(phone, 'C’est confirmé').waitFor();
  await heading(desk, "Mes lieux d'exercice").waitFor();
});

test('a wrong password says what is left, and the request waits', async (t) => {
  const { server, person, phone, desk } = await openBoth(t);
  const number = await askPhone(desk, server, person.rpps);
  await confirm(phone, number, 'un autre mot 9');
  await phone.getByText('Il reste 2 essais avant une pause de 15 min.').waitFor();
  await confirm(phone, number);
  await phone.getByText('Un essai faux depuis votre dernière connexion.').waitFor();
  await heading(desk, "Mes lieux d'exercice").waitFor();
});

test('refused, not me, the wrong number: each is said on both screens', async (t) => {
  const { server, person, phone, desk } = await openBoth(t);
  const number = await askPhone(desk, server, person.rpps);
  await phone.getByRole('button', { name: 'Refuser' }).click();
  await heading(phone, 'Demande refusée').waitFor();
  await desk.getByRole('button', { name: 'Réessayer' }).waitFor();
  assert.ok(number);

  const second = await askPhone(desk, server, person.rpps);
  await heading(phone, 'Est-ce bien vous ?').waitFor();
  const numbers = await phone
    .getByRole('radio')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  await confirm(phone, numbers.find((one) => one !== second) ?? '');
  await heading(phone, 'Ce n’était pas le bon nombre').waitFor();
  await desk.getByRole('button', { name: 'Réessayer' }).waitFor();

  await askPhone(desk, server, person.rpps);
  await phone.getByRole('button', { name: "Ce n'est pas moi" }).click();
  await phone.getByText('ne peut plus rien vous demander pendant une heure').waitFor();
  await desk.getByRole('button', { name: 'Réessayer' }).waitFor();
});

test('a password is changed, and only the new one signs', async (t) => {
  const { server, person, phone, desk } = await openBoth(t);
  await phone.getByRole('link', { name: 'Paramètres' }).click();
  await phone.getByRole('button', { name: 'Changer mon mot de passe' }).click();
  await phone.getByLabel('Mot de passe actuel').fill(password);
  await phone.getByLabel('Nouveau mot de passe', { exact: true }).fill('quatre tortues 8');
  await phone.getByLabel('Confirmer le nouveau mot de passe').fill('quatre tortues 8');
  await phone.getByRole('button', { name: 'Changer mon mot de passe' }).click();
  await heading(phone, 'Votre mot de passe est changé').waitFor();

  const number = await askPhone(desk, server, person.rpps);
  await confirm(phone, number, password);
  await phone.getByText('Il reste 2 essais').waitFor();
  await confirm(phone, number, 'quatre tortues 8');
  await heading(desk, "Mes lieux d'exercice").waitFor();
});

test('deactivated at once; a second tab says nothing wrong', async (t) => {
  const { server, phone, phoneContext } = await openBoth(t);
  const second = await phoneContext.newPage();
  await second.goto(server.urls.app);
  await heading(second, 'Votre e-CPS est prête').waitFor();

  await phone.getByRole('link', { name: 'Paramètres' }).click();
  await phone.getByRole('button', { name: 'Désactiver ma e-CPS' }).click();
  await phone.getByRole('button', { name: 'Confirmer la désactivation' }).click();
  await heading(phone, 'Votre e-CPS est désactivée').waitFor();
  await heading(second, 'Votre carte de professionnel, sur ce téléphone').waitFor();
  await phone.getByRole('button', { name: "Demander l'activation de la e-CPS" }).click();
  await phone.getByRole('textbox', { name: 'Numéro RPPS' }).waitFor();
});

test('an e-CPS that is gone says so while the app is open', async (t) => {
  const { server, phone } = await openBoth(t);
  await server.api('POST', '/api/reset');
  await heading(phone, "Cette e-CPS n'existe plus").waitFor();
  await phone.getByRole('button', { name: "Demander l'activation de la e-CPS" }).click();
  await phone.getByRole('textbox', { name: 'Numéro RPPS' }).waitFor();
});

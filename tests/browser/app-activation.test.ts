import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  activationLink,
  choosePassword,
  findPerson,
  pasteLink,
  requestActivation,
  smsCode,
} from '../support/app-walk.ts';
import { openContext } from '../support/browser.ts';
import { shareStage } from '../support/stage.ts';

const openStage = shareStage();

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

test('a phone is activated by mail and SMS, closed after each step', async () => {
  const { browser, server } = await openStage();
  const person = await findPerson(server, 'infirmier-rpps');
  await using context = await openContext(browser, 'phone');
  /** What a phone does that clears its memory between two steps. */
  const reopen = async (old: Page, address = server.urls.app) => {
    await old.close();
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };

  let page = await context.newPage();
  await page.goto(server.urls.app);
  await requestActivation(page, person.rpps);
  page = await reopen(page);
  await heading(page, 'Consultez vos mails').waitFor();

  page = await reopen(page, await activationLink(server, person.email));
  await heading(page, 'Recevez votre code').waitFor();
  page = await reopen(page);
  await page.getByRole('button', { name: 'Par SMS' }).click();
  await heading(page, 'Le code reçu par SMS').waitFor();

  page = await reopen(page);
  const code = page.getByRole('textbox', { name: "Code d'activation" });
  assert.equal(await code.getAttribute('autocomplete'), 'one-time-code');
  const sent = await smsCode(server, person.phone);
  await code.fill(sent === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: 'Valider' }).click();
  await page.getByText('Il reste 4 essais.').waitFor();
  await code.fill(`${sent.slice(0, 3)} ${sent.slice(3)}`);
  await page.getByRole('button', { name: 'Valider' }).click();
  await heading(page, 'Choisissez votre mot de passe').waitFor();

  page = await reopen(page);
  await page.getByLabel('Mot de passe', { exact: true }).fill('motdepasse');
  await page.getByRole('button', { name: 'Activer ma e-CPS' }).click();
  await page.getByText('parmi les premiers').or(page.getByText('fait partie des premiers')).waitFor();
  await choosePassword(page);

  page = await reopen(page);
  await heading(page, 'Votre e-CPS est prête').waitFor();
  assert.ok(await page.getByText(person.rpps, { exact: true }).count());
});

test('a mail read elsewhere goes on to the phone, unused', async () => {
  const { browser, server } = await openStage();
  const person = await findPerson(server, 'infirmier-rpps');
  await using phone = await openContext(browser, 'phone');
  const page = await phone.newPage();
  await page.goto(server.urls.app);
  await requestActivation(page, person.rpps);
  const link = await activationLink(server, person.email);

  await using desk = await openContext(browser, 'desk', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const other = await desk.newPage();
  await other.goto(link);
  await heading(other, 'Continuez sur votre téléphone').waitFor();
  await other.getByRole('img', { name: 'QR code du lien d’activation' }).waitFor();
  await other.getByRole('button', { name: 'Copier le lien' }).click();
  await other.getByText('Le lien est copié.').waitFor();
  const copied = await other.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, link);

  await pasteLink(page, copied);
  await heading(page, 'Recevez votre code').waitFor();
  await page.goto(link);
  await heading(page, 'Recevez votre code').waitFor();
});

test('a link that has served says so, and leads to a new request', async () => {
  const { browser, server } = await openStage();
  const person = await findPerson(server, 'infirmier-rpps');
  await using context = await openContext(browser, 'phone');
  const page = await context.newPage();
  await page.goto(server.urls.app);
  await requestActivation(page, person.rpps);
  const link = await activationLink(server, person.email);
  await pasteLink(page, link);
  await page.getByRole('button', { name: 'Par SMS' }).click();
  const code = page.getByRole('textbox', { name: "Code d'activation" });
  await code.fill(await smsCode(server, person.phone));
  await page.getByRole('button', { name: 'Valider' }).click();
  await choosePassword(page);

  await page.goto(link);
  await heading(page, 'Ce lien a déjà servi').waitFor();
  await page.getByRole('button', { name: "Demander l'activation de la e-CPS" }).click();
  await page.getByRole('textbox', { name: 'Numéro RPPS' }).waitFor();
});

test('a second tab follows the first', async () => {
  const { browser, server } = await openStage();
  const person = await findPerson(server, 'infirmier-rpps');
  await using context = await openContext(browser, 'phone');
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto(server.urls.app);
  await second.goto(server.urls.app);
  await requestActivation(first, person.rpps);
  await heading(second, 'Consultez vos mails').waitFor();
  await pasteLink(second, await activationLink(server, person.email));
  await heading(first, 'Recevez votre code').waitFor();
});

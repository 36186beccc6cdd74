import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { password } from '../support/app-walk.ts';
import { openBrowser, openContext, type Size } from '../support/browser.ts';
import { hearHeading, hearScreen, press, readFocus, tabTo, typeInto } from '../support/keyboard.ts';
import { findFaults } from '../support/looks.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { getPersona, openPortal } from '../support/walk.ts';

const opening = openBrowser({ after });
const serving = startTestServer({ after });

type Walk = (server: TestServer, open: (size: Size) => Promise<BrowserContext>) => Promise<void>;

/** Each on the seed. */
const walks: Record<string, Walk> = {
  'a person signs in, reads, and signs out': async ({ urls }, open) => {
    const page = await openPortal(await open('desk'), urls);
    await page.keyboard.press('Tab');
    assert.equal((await readFocus(page)).text, 'Aller au contenu');
    await page.keyboard.press('Enter');
    await press(page, 'Connexion');
    await presentCard(page, 'Anne Delmas', '0000');
    await page.getByText('Il vous reste 2 essais').waitFor();
    assert.equal((await readFocus(page)).text, 'Code porteur', 'the focus is on what has to be put right');
    await page.keyboard.type('1234');
    await page.keyboard.press('Enter');
    await hearHeading(page, "Mes lieux d'exercice");
    await press(page, 'Déconnexion');
    await hearHeading(page, 'Votre session est fermée');
  },

  'a nurse repairs her sign-in with her card, and signs in by her phone': async (server, open) => {
    const page = await openPortal(await open('desk'), server.urls);
    await press(page, 'Connexion');
    await presentCard(page, 'Claire Fontaine', '1234');
    await hearHeading(page, "Aucun lieu d'exercice");
    await press(page, 'Réparer ma connexion');
    await hearHeading(page, 'Réparer ma connexion');
    await press(page, 'Scanner avec mon téléphone');
    await hearHeading(page, 'Scannez ce code');
    assert.equal(await page.getByRole('img', { name: 'QR code qui active votre e-CPS' }).count(), 1);
    const address = await page.getByRole('link', { name: 'Ouvrir sur ce téléphone' }).getAttribute('href');

    const phone = await (await open('phone')).newPage();
    await phone.goto(address ?? '');
    await activate(phone);

    await page.getByRole('textbox', { name: 'Identifiant e-CPS' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await hearHeading(page, 'Répondez sur votre téléphone');
    await approve(phone, (await page.getByTestId('number').textContent())?.trim() ?? '');
    await hearHeading(page, "Mes lieux d'exercice");
    assert.equal(await page.getByRole('article').count(), 2);
  },

  'a forgotten password: what is wrong is heard first, and its links lead to the fields': async (
    server,
    open,
  ) => {
    const { nationalId } = await getPersona(server, 'infirmier-ecps-adeli');
    const page = await openPortal(await open('desk'), server.urls);
    await press(page, 'Connexion');
    await hearHeading(page, 'Comment voulez-vous vous connecter ?');
    await press(page, 'Mot de passe oublié');
    await hearHeading(page, 'Mot de passe oublié');
    assert.equal((await readFocus(page)).text, 'Identifiant e-CPS', 'the one thing to fill in has the focus');
    await page.keyboard.type(nationalId.slice(0, 4));
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', { name: 'Identifiant e-CPS' });
    await field.and(page.locator('[aria-invalid="true"]:focus')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(nationalId);
    await page.keyboard.press('Enter');
    await hearHeading(page, 'Prouvez que cette e-CPS est la vôtre');
    await press(page, 'Recevoir les codes');
    await hearHeading(page, 'Recopiez les deux codes');
    await press(page, 'Supprimer ma e-CPS');
    await page.getByRole('alert').and(page.locator(':focus')).waitFor();
    assert.match(await page.title(), /^Erreur : /);
    await tabTo(page, 'Code reçu par SMS');
    await page.keyboard.press('Enter');
    assert.equal((await readFocus(page)).tag, 'input', 'a link of the summary leads to its field');
    assert.match(await page.getByRole('textbox').and(page.locator(':focus')).innerHTML(), /^$/);
  },

  'the phone on the sandbox’s home is entered and left': async ({ urls }, open) => {
    const page = await (await open('desk')).newPage();
    await page.goto(urls.sandbox);
    await press(page, 'Ouvrir son téléphone');
    const frame = page.frameLocator('iframe[title="Téléphone"]');
    await frame.getByRole('heading', { level: 1 }).waitFor();
    await tabUntil(page, 'Tab', 'iframe');
    await tabUntil(page, 'Tab', 'button');
    assert.equal((await readFocus(page)).text, 'Ouvrir son téléphone', 'what follows the phone');
    await tabUntil(page, 'Shift+Tab', 'iframe');
    await tabUntil(page, 'Shift+Tab', 'a');
  },
};

/** Tab, or back, until an element of this kind has the focus. */
async function tabUntil(page: Page, key: string, tag: string): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs++) {
    await page.keyboard.press(key);
    if ((await readFocus(page)).tag === tag) return;
  }
  assert.fail(`${key} never reached ${tag}`);
}

/** From the choice of means, through the reader. */
async function presentCard(page: Page, name: string, pin: string): Promise<void> {
  await hearHeading(page, 'Comment voulez-vous vous connecter ?');
  await press(page, 'Carte CPS');
  await page.getByRole('button', { name: `Insérer la carte de ${name}` }).waitFor();
  await press(page, `Insérer la carte de ${name}`);
  await page.getByRole('textbox', { name: 'Code porteur' }).waitFor();
  assert.equal((await readFocus(page)).text, 'Code porteur', 'the one thing to fill in has the focus');
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
}

async function activate(phone: Page): Promise<void> {
  await hearScreen(phone, "Vous activez l'e-CPS de Claire Fontaine");
  await typeInto(phone, 'Mot de passe', password);
  await press(phone, 'Activer ma e-CPS');
  await phone.getByRole('textbox').and(phone.locator('[aria-invalid="true"]:focus')).waitFor();
  await phone.keyboard.type(password);
  await phone.keyboard.press('Enter');
  await hearScreen(phone, 'Votre e-CPS est activée');
  assert.deepEqual(await findFaults(phone), []);
}

async function approve(phone: Page, number: string): Promise<void> {
  await hearScreen(phone, 'Est-ce bien vous ?');
  assert.equal(await phone.getByRole('group', { name: 'Le nombre à l’écran' }).count(), 1);
  await tabTo(phone, '');
  const chosen = phone.getByRole('radio', { name: number, exact: true });
  for (let steps = 0; steps < 3 && !(await chosen.isChecked()); steps++)
    await phone.keyboard.press('ArrowRight');
  assert.ok(await chosen.isChecked());
  await typeInto(phone, 'Mot de passe', password);
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { level: 1 }).and(phone.locator(':focus')).waitFor();
  assert.deepEqual(await findFaults(phone), []);
}

for (const [sentence, walk] of Object.entries(walks)) {
  test(`with the keyboard alone: ${sentence}`, async () => {
    const server = await serving;
    await server.api('POST', '/api/reset');
    const contexts: BrowserContext[] = [];
    const open = async (size: Size) => {
      const context = await openContext(await opening, size);
      contexts.push(context);
      return context;
    };
    await walk(server, open);
    await Promise.all(contexts.map((context) => context.close()));
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, openContext, scrollsSideways } from '../support/browser.ts';
import { startTestServer } from '../support/start-test-server.ts';
import {
  listPersonas,
  nameOf,
  openReader,
  type PersonaJson,
  signInFromHome,
  signInFromPortal,
} from '../support/walk.ts';

/** What the page of places says to each person who signs in by card. */
const told: Record<string, { places: number } | { cause: string } | { explained: true }> = {
  'infirmiere-adeli': { cause: 'legacy_adeli_identity' },
  'infirmier-ecps-adeli': { cause: 'legacy_adeli_identity' },
  'infirmier-rpps': { places: 2 },
  'infirmiere-sans-coordonnees': { cause: 'legacy_adeli_identity' },
  'infirmiere-non-inscrite': { cause: 'no_rpps' },
  'infirmiere-homonyme': { cause: 'identity_mismatch' },
  'infirmier-sans-lieu': { cause: 'no_place_of_practice' },
  'infirmier-lieu-ferme': { cause: 'place_closed' },
  'infirmiere-radiee': { cause: 'record_inactive' },
  'infirmiere-remplacante': { explained: true },
  'medecin-deux-lieux': { places: 2 },
  pharmacienne: { places: 1 },
  'sage-femme': { places: 1 },
  'employe-cpe': { explained: true },
};

const smallestPhone = { width: 320, height: 640 };

test('each person with a card signs in and reads their places, the cause, or why there is nothing to repair', async (t) => {
  const server = await startTestServer(t);
  const browser = await openBrowser(t);
  const personas = await listPersonas(server);
  const withGoodCard = personas.filter(({ slug, card }) => card && slug !== 'infirmier-carte-expiree');
  assert.deepEqual(withGoodCard.map(({ slug }) => slug).sort(), Object.keys(told).sort());
  for (const persona of withGoodCard) {
    await t.test(`${persona.slug} at a desk, chosen on the sandbox home`, async () => {
      await using context = await openContext(browser, 'desk');
      const page = await signInFromHome(context, server.urls, persona);
      await checkPlaces(page, persona);
      assert.equal(await scrollsSideways(page), false);
      await signOut(page);
    });
    await t.test(`${persona.slug} on a phone, chosen at the reader`, async () => {
      await using context = await openContext(browser, 'phone');
      const page = await signInFromPortal(context, server.urls, persona);
      await checkPlaces(page, persona);
      assert.equal(await scrollsSideways(page), false);
      await page.setViewportSize(smallestPhone);
      assert.equal(await scrollsSideways(page), false, 'at 320 px');
    });
  }
});

async function checkPlaces(page: Page, persona: PersonaJson): Promise<void> {
  const expected = told[persona.slug];
  assert.ok(expected);
  assert.equal(await page.getByTestId('national-id').textContent(), numberOf(persona));
  const heading = 'cause' in expected ? "Aucun lieu d'exercice" : "Mes lieux d'exercice";
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  const names = await page.getByRole('article').getByRole('heading').allTextContents();
  assert.deepEqual(names.sort(), 'places' in expected ? [...persona.places].sort() : []);
  assert.equal(names.length, 'places' in expected ? expected.places : 0);
  const cause = page.getByTestId('cause');
  assert.equal(await cause.count(), 'cause' in expected ? 1 : 0);
  if ('cause' in expected) assert.equal(await cause.getAttribute('data-code'), expected.cause);
  assert.equal(await page.getByTestId('explanation').count(), 'explained' in expected ? 1 : 0);
  const repair = page.getByRole('link', { name: 'Réparer ma connexion', exact: true });
  assert.equal(await repair.count(), 'cause' in expected ? 1 : 0);
}

function numberOf({ slug, nationalId, idNatPs, rpps }: PersonaJson): string {
  if (slug === 'employe-cpe') return `Identifiant ${idNatPs}`;
  return nationalId === rpps ? `Numéro RPPS ${nationalId}` : `Numéro ADELI ${nationalId}`;
}

/** **Déconnexion** ends the sessions of the portal and of the wallet: the next sign-in asks for a means again. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Déconnexion', exact: true }).click();
  await page.getByRole('heading', { name: 'Votre session est fermée', exact: true }).waitFor();
  assert.equal(await page.getByTestId('national-id').count(), 0);
  await openReader(page);
}

test('a person without a card finds no card to insert', async (t) => {
  const server = await startTestServer(t);
  await using context = await openContext(await openBrowser(t), 'desk');
  const home = await context.newPage();
  await home.goto(server.urls.sandbox);
  const persona = (await listPersonas(server)).find(({ card }) => !card);
  assert.ok(persona);
  await home.getByRole('button', { name: nameOf(persona), exact: true }).click();
  await home.getByText('n’a pas de carte').waitFor();
  assert.equal(await home.getByRole('button', { name: /carte/ }).count(), 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openContext, scrollsSideways } from '../support/browser.ts';
import { checkPlaces, listPeopleWithGoodCard } from '../support/card-personas.ts';
import { shareStage } from '../support/stage.ts';
import { listPersonas, nameOf, openReader, signInFromHome } from '../support/walk.ts';

const openStage = shareStage();

/** One person under each kind of number: leaving is the same for everybody. */
const leaving = new Set(['infirmiere-adeli', 'infirmier-rpps', 'employe-cpe']);

test('at a desk, each person with a card signs in from the home and reads places, cause or explanation', async (t) => {
  const { browser, server } = await openStage();
  for (const persona of await listPeopleWithGoodCard(server)) {
    await t.test(persona.slug, async () => {
      await using context = await openContext(browser, 'desk');
      const page = await signInFromHome(context, server.urls, persona);
      await checkPlaces(page, persona);
      assert.equal(await scrollsSideways(page), false);
      if (leaving.has(persona.slug)) await signOut(page);
    });
  }
});

/** **Déconnexion** ends the sessions of the portal and of the wallet: the next sign-in asks for a means again. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Déconnexion', exact: true }).click();
  await page.getByRole('heading', { name: 'Votre session est fermée', exact: true }).waitFor();
  assert.equal(await page.getByTestId('national-id').count(), 0);
  await openReader(page);
}

test('a person without a card finds no card to insert', async () => {
  const { browser, server } = await openStage();
  await using context = await openContext(browser, 'desk');
  const home = await context.newPage();
  await home.goto(server.urls.sandbox);
  const persona = (await listPersonas(server)).find(({ card }) => !card);
  assert.ok(persona);
  await home.getByRole('button', { name: nameOf(persona), exact: true }).click();
  await home.getByText('n’a pas de carte').waitFor();
  assert.equal(await home.getByRole('button', { name: /carte/ }).count(), 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, openContext } from '../support/browser.ts';
import { findFaults } from '../support/looks.ts';
import { startTestServer } from '../support/start-test-server.ts';
import {
  followLink,
  getPersona,
  openPortalAs,
  openReader,
  pressButton,
  signInFromPortal,
  typePin,
} from '../support/walk.ts';

const views: Record<string, BrowserContextOptions> = {
  'on a desk': {},
  'on a phone of 320 px, in the dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
};

async function check(page: Page): Promise<void> {
  assert.deepEqual(await findFaults(page), [], page.url());
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, page.url());
  assert.equal(await page.getByRole('main').count(), 1, page.url());
}

test('every page of the journey can be seen, read and touched', async (t) => {
  const server = await startTestServer(t);
  const browser = await openBrowser(t);
  for (const [view, options] of Object.entries(views)) {
    await t.test(view, async () => {
      await using context = await openContext(browser, 'desk', options);
      const refused: string[] = [];
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) refused.push(message.text());
      });
      const page = await openPortalAs(context, server.urls, await getPersona(server, 'infirmiere-adeli'));
      await Promise.all(context.pages().map((tab) => tab !== page && check(tab)));
      await walkTheGuide(page);
      await walkWithAnExpiredCard(page);
      for (const slug of ['medecin-deux-lieux', 'employe-cpe']) {
        await using another = await openContext(browser, 'desk', options);
        await check(await signInFromPortal(another, server.urls, await getPersona(server, slug)));
      }
      assert.deepEqual(refused, [], 'the content security policy refuses nothing of ours');
      await page.goto(`${server.urls.portal}/nulle-part`);
      await check(page);
    });
  }
});

/** From the portal's first page to the end of the session, with a wrong code on the way. */
async function walkTheGuide(page: Page): Promise<void> {
  await check(page);
  await followLink(page, 'Connexion');
  await page.getByRole('button', { name: 'Carte CPS' }).waitFor();
  await check(page);
  await pressButton(page, 'Carte CPS');
  await page.getByRole('textbox', { name: 'Code porteur' }).waitFor();
  await check(page);
  await typePin(page, '0000');
  await page.getByText('Il vous reste').waitFor();
  await check(page);
  await typePin(page);
  await page.getByTestId('cause').waitFor();
  await check(page);
  await followLink(page, 'Réparer ma connexion');
  await page.getByRole('button', { name: 'Revenir au service' }).waitFor();
  await check(page);
  await pressButton(page, 'Revenir au service');
  await pressButton(page, 'Déconnexion');
  await page.getByRole('heading', { name: 'Votre session est fermée' }).waitFor();
  await check(page);
}

/** From the page after a sign-out back to the portal, by the reader's list and a card at its end. */
async function walkWithAnExpiredCard(page: Page): Promise<void> {
  await openReader(page);
  await pressButton(page, 'Retirer sa carte');
  await page.getByRole('button', { name: 'Insérer la carte de Hugo Perrin' }).waitFor();
  await check(page);
  await pressButton(page, 'Insérer la carte de Hugo Perrin');
  await typePin(page);
  await page.getByTestId('cause').waitFor();
  await check(page);
  await pressButton(page, 'Revenir au service');
  await page.getByRole('heading', { name: 'La connexion n’a pas eu lieu' }).waitFor();
  await check(page);
}

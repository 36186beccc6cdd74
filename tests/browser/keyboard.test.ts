import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, openContext } from '../support/browser.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { openPortal } from '../support/walk.ts';

const mostTabs = 40;

/** Text and outline of what has the focus. */
const readFocus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body);
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
    return {
      text: label?.textContent?.trim().replace(/\s+/g, ' ') ?? '',
      outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
    };
  });

/** Presses Tab until a control whose text begins so has the focus, and sees that the focus shows. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab');
    const focus = await readFocus(page);
    if (!focus.text.startsWith(text)) continue;
    assert.ok(focus.outline >= 3, `the focus on ${text} shows`);
    return;
  }
  assert.fail(`Tab never reached ${text}`);
}

async function press(page: Page, text: string): Promise<void> {
  await tabTo(page, text);
  await page.keyboard.press('Enter');
}

test('a person signs in, reads, and signs out with the keyboard alone', async (t) => {
  const server = await startTestServer(t);
  await using context = await openContext(await openBrowser(t), 'desk');
  const page = await openPortal(context, server.urls);
  await page.keyboard.press('Tab');
  assert.equal((await readFocus(page)).text, 'Aller au contenu');
  await page.keyboard.press('Enter');
  await press(page, 'Connexion');
  await page.getByRole('button', { name: 'Carte CPS' }).waitFor();
  await press(page, 'Carte CPS');
  await page.getByRole('button', { name: 'Insérer la carte de Anne Delmas' }).waitFor();
  await press(page, 'Insérer la carte de Anne Delmas');
  await page.getByRole('textbox', { name: 'Code porteur' }).waitFor();
  assert.equal((await readFocus(page)).text, 'Code porteur', 'the one thing to fill in has the focus');
  await page.keyboard.type('0000');
  await page.keyboard.press('Enter');
  await page.getByText('Il vous reste 2 essais').waitFor();
  assert.equal((await readFocus(page)).text, 'Code porteur', 'the focus is on what has to be put right');
  await page.keyboard.type('1234');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: "Mes lieux d'exercice" }).waitFor();
  await press(page, 'Déconnexion');
  await page.getByRole('heading', { name: 'Votre session est fermée' }).waitFor();
});

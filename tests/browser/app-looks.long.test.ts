import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openScene, scenes } from '../support/app-scenes.ts';
import { openBrowser, openContext, sizes } from '../support/browser.ts';
import { findLayoutFaults } from '../support/layout-faults.ts';
import { findFaults, findViolations } from '../support/looks.ts';
import { findLostControls, findMotion } from '../support/own-settings.ts';
import { startTestServer } from '../support/start-test-server.ts';

const small = { width: 320, height: 568 };

/** The ways to look at a screen, from the one that it opens in. */
const views: Record<string, (page: Page) => Promise<string[]>> = {
  'on a phone': findFaults,
  'by name': readName,
  'without motion': (page) => page.evaluate(findMotion),
  'in the dark': async (page) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    return findViolations(page, ['color-contrast']);
  },
  'in colours of the reader’s own': async (page) => {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    return page.evaluate(findLostControls);
  },
  'at 320 px': async (page) => {
    await page.setViewportSize(small);
    return findLayoutFaults(page);
  },
};

/** The screen's heading is the document's name, and takes the focus, unless something is to be put right. */
function readName(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const plain = (text: string | null | undefined) => text?.trim().replace(/\s+/g, ' ') ?? '';
    const [heading, focus] = [document.querySelector('h1'), document.activeElement];
    const isFocused = focus === heading || focus?.matches('[aria-invalid="true"], .numbers input, button');
    return [
      ...(document.title === `${plain(heading?.textContent)} · e-CPS` ? [] : [`is named ${document.title}`]),
      ...(isFocused ? [] : [`the focus is on ${focus?.outerHTML.slice(0, 80)}`]),
    ];
  });
}

test('every screen of the app can be read, heard, seen and pressed', async (t) => {
  const { urls } = await startTestServer(t);
  const options = { reducedMotion: 'reduce', serviceWorkers: 'block' } as const;
  await using context = await openContext(await openBrowser(t), 'phone', options);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  for (const [name, scene] of Object.entries(scenes)) {
    await page.emulateMedia({ forcedColors: 'none' });
    await page.setViewportSize(sizes.phone);
    await openScene(page, urls.app, scene, '?lang=fr');
    for (const [view, look] of Object.entries(views))
      faults.push(...(await look(page)).map((fault) => `${name}, ${view}: ${fault}`));
    if (scene.press) continue;
    await openScene(page, urls.app, scene, '?lang=en');
    faults.push(...(await findLayoutFaults(page)).map((fault) => `${name}, in English: ${fault}`));
  }
  assert.deepEqual(faults, []);
});

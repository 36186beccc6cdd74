import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { openScene, scenes } from '../support/app-scenes.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { findFaults } from '../support/looks.ts';
import { startTestServer } from '../support/start-test-server.ts';

const views: Record<string, { options: BrowserContextOptions; query: string }> = {
  'on a phone': { options: {}, query: '' },
  'at 320 px, in the dark, in English': {
    options: {
      viewport: { width: 320, height: 568 },
      colorScheme: 'dark',
      contrast: 'more',
      reducedMotion: 'reduce',
    },
    query: '?lang=en',
  },
};

test('every screen of the app can be seen, read and touched', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = await openBrowser(t);
  for (const [view, { options, query }] of Object.entries(views)) {
    await t.test(view, async () => {
      for (const [name, scene] of Object.entries(scenes)) {
        await using context = await openContext(browser, 'phone', options);
        const page = await context.newPage();
        const refused: string[] = [];
        page.on('console', (message) => {
          if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
        });
        page.on('pageerror', (error) => refused.push(String(error)));
        await openScene(page, urls.app, scene, query);
        assert.deepEqual(await findFaults(page), [], name);
        assert.deepEqual(refused, [], name);
      }
    });
  }
});

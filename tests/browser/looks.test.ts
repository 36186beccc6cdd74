import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { renderPage } from '#platform/html/page.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { gallery } from '../support/gallery.ts';
import { findFaults } from '../support/looks.ts';
import { serveSmallSite } from '../support/small-site.ts';

const serveGallery = (t: TestContext) =>
  serveSmallSite(t, (app) => {
    for (const [name, page] of Object.entries(gallery)) app.get(`/${name}`, (c) => renderPage(c, page));
  });

const views: Record<string, { options: BrowserContextOptions; query: string }> = {
  'on a desk': { options: {}, query: '' },
  'in the dark': { options: { colorScheme: 'dark', contrast: 'more' }, query: '' },
  'at 320 px in English': { options: { viewport: { width: 320, height: 640 } }, query: '?lang=en' },
};

test('a page of every kind can be seen, read and touched', async (t) => {
  const url = await serveGallery(t);
  const browser = await openBrowser(t);
  for (const [view, { options, query }] of Object.entries(views)) {
    await t.test(view, async () => {
      await using context = await openContext(browser, 'desk', options);
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
      for (const name of Object.keys(gallery)) {
        await page.goto(new URL(`/${name}${query}`, url).href);
        assert.deepEqual(await findFaults(page), [], name);
      }
      assert.deepEqual(refused, [], 'the content security policy refuses nothing of ours');
    });
  }
});

test('the font of the pages is the one that they bring', async (t) => {
  const url = await serveGallery(t);
  await using context = await openContext(await openBrowser(t), 'phone');
  const page = await context.newPage();
  await page.goto(new URL('/choice', url).href);
  const loaded = await page.evaluate(async () =>
    [...(await document.fonts.ready)].map(({ family, status }) => `${family} ${status}`),
  );
  assert.deepEqual(
    loaded.map((font) => font.replaceAll('"', '')),
    ['Atkinson Hyperlegible Next loaded'],
  );
});

test('the sign-in choice weighs less than 50 KB without the font', async (t) => {
  const url = await serveGallery(t);
  await using context = await openContext(await openBrowser(t), 'phone');
  const page = await context.newPage();
  let bytes = 0;
  page.on('response', async (answer) => {
    if (!answer.url().endsWith('.woff2')) bytes += (await answer.body()).length;
  });
  await page.goto(new URL('/choice', url).href, { waitUntil: 'networkidle' });
  assert.ok(bytes > 0 && bytes < 50_000, `${bytes} bytes`);
});

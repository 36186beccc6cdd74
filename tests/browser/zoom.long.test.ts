import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Shot, takeAlbum } from '../support/album/album.ts';
import { openShot, serveAlbum, turnTo } from '../support/album/show-album.ts';
import { openBrowser, openContext } from '../support/browser.ts';
import { findLayoutFaults } from '../support/layout-faults.ts';
import { readMeaning } from '../support/meaning-faults.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

/** What a person sets in the browser who reads letters of twice the size. */
const largeText = '--blink-settings=defaultFontSize=32';

interface Reading {
  browser: Browser;
  shots: readonly Shot[];
  album: URL;
  widths: readonly number[];
  language: string;
}

async function read({ browser, shots, album, widths, language }: Reading): Promise<string[]> {
  await using context = await openContext(browser, 'desk', { reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults: string[] = [];
  await openShot(page, album, 0);
  for (const [number, { name }] of shots.entries()) {
    await turnTo(page, album, number);
    const note = (view: string, found: string[]) =>
      faults.push(...found.map((fault) => `${name}, ${view}: ${fault}`));
    note('without eyes', await page.evaluate(readMeaning, language));
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      note(`at ${width} px`, await findLayoutFaults(page));
    }
  }
  return faults;
}

test('every page can be read and pressed', async (t) => {
  const server: TestServer = await startTestServer(t);
  await t.test('in letters of twice the size', async (inner) => {
    const shots = await takeAlbum(inner, server, 'fr');
    const album = await serveAlbum(inner, shots);
    const browser = await openBrowser(inner, [largeText]);
    assert.deepEqual(await read({ browser, shots, album, widths: [1280, 390], language: 'fr' }), []);
  });
  await t.test('in English at 320 px', async (inner) => {
    const shots = await takeAlbum(inner, server, 'en');
    const album = await serveAlbum(inner, shots);
    const browser = await openBrowser(inner);
    assert.deepEqual(await read({ browser, shots, album, widths: [320], language: 'en' }), []);
  });
});

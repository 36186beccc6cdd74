import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Shot, takeAlbum } from '../support/album/album.ts';
import { pageOf, serveAlbum } from '../support/album/show-album.ts';
import { openBrowser, openContext, sizes } from '../support/browser.ts';
import { findLayoutFaults } from '../support/layout-faults.ts';
import { findViolations } from '../support/looks.ts';
import { findMeaningFaults } from '../support/meaning-faults.ts';
import { startTestServer } from '../support/start-test-server.ts';

const contrast = ['color-contrast'];

/** The ways to look at a page, from the one that it opens in. */
const views: Record<string, (page: Page) => Promise<string[]>> = {
  'on a desk': async (page) => [...(await findViolations(page)), ...(await findLayoutFaults(page))],
  'without eyes': (page) => findMeaningFaults(page, 'fr'),
  'in the dark': async (page) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    return findViolations(page, contrast);
  },
  'in colours of the reader’s own': async (page) => {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    return [...(await findViolations(page, contrast)), ...(await page.evaluate(findLostControls))];
  },
  'without motion': (page) => page.evaluate(findMotion),
  'at 200 %': async (page) => {
    await page.setViewportSize({ width: 640, height: 512 });
    return findLayoutFaults(page);
  },
  'at 320 px': async (page) => {
    await page.setViewportSize({ width: 320, height: 640 });
    return findLayoutFaults(page);
  },
};

/** Runs in the page. With colours gone, an edge or a line says what can be pressed or filled in. */
function findLostControls(): string[] {
  const isMarked = (element: Element): boolean => {
    const { borderTopStyle, borderTopColor, backgroundColor, textDecorationLine } = getComputedStyle(element);
    const isEdged = borderTopStyle !== 'none' && borderTopColor !== backgroundColor;
    return isEdged || textDecorationLine.includes('underline');
  };
  const controls = [...document.querySelectorAll('main a, main button, main input:not([type="hidden"])')];
  return controls
    .filter((control) => control.checkVisibility() && !control.matches('.pick-control') && !isMarked(control))
    .map(({ outerHTML }) => `looks like no control: ${outerHTML.slice(0, 120)}`);
}

/** Runs in the page. */
function findMotion(): string[] {
  const moving = document.getAnimations().length > 0 ? ['something moves'] : [];
  const isMoved = (element: Element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return animationName !== 'none' || transitionDuration.split(', ').some((time) => time !== '0s');
  };
  const moved = [...document.querySelectorAll('*')].filter(isMoved);
  return [...moving, ...moved.map(({ className }) => `moves: ${className}`)];
}

/** Every fault of a page, with the view that it shows in. */
async function examine(page: Page, { name }: Shot): Promise<string[]> {
  const faults: string[] = [];
  for (const [view, look] of Object.entries(views))
    for (const fault of await look(page)) faults.push(`${name}, ${view}: ${fault}`);
  return faults;
}

test('every page in every state can be read, heard, seen and pressed', async (t) => {
  const shots = await takeAlbum(t, await startTestServer(t), 'fr');
  const album = await serveAlbum(t, shots);
  await using context = await openContext(await openBrowser(t), 'desk', { reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    // The sandbox's home is not where the app lets itself be framed.
    if (/^(?!Framing).*Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  for (const [number, shot] of shots.entries()) {
    await page.emulateMedia({ forcedColors: 'none' });
    await page.setViewportSize(sizes.desk);
    await page.goto(pageOf(album, number));
    await page.addScriptTag({ url: '/axe.js' });
    faults.push(...(await examine(page, shot)));
  }
  assert.ok(shots.length > 140, `${shots.length} pages`);
  assert.deepEqual(faults, []);
});

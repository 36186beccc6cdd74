import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { type Shot, takeAlbum } from '../support/album/album.ts';
import { openShot, serveAlbum, turnTo } from '../support/album/show-album.ts';
import { openBrowser, openContext, sizes } from '../support/browser.ts';
import { findLayoutFaults } from '../support/layout-faults.ts';
import { findViolations } from '../support/looks.ts';
import { findMeaningFaults } from '../support/meaning-faults.ts';
import { findLostControls, findMotion } from '../support/own-settings.ts';
import { startTestServer } from '../support/start-test-server.ts';

const opening = openBrowser({ after });

type Look = (page: Page) => Promise<string[]>;

/** Where the words matter, and the room that they take. */
const ofEveryPage: Record<string, Look> = {
  'without eyes': (page) => findMeaningFaults(page, 'fr'),
  'at 200 %': async (page) => {
    await page.setViewportSize({ width: 640, height: 512 });
    return findLayoutFaults(page);
  },
  'at 320 px': async (page) => {
    await page.setViewportSize({ width: 320, height: 640 });
    return findLayoutFaults(page);
  },
};

/** The same for pages that are built alike. */
const ofEveryKind: Record<string, Look> = {
  'on a desk': async (page) => {
    await page.emulateMedia({ forcedColors: 'none' });
    await page.setViewportSize(sizes.desk);
    return [...(await findLayoutFaults(page)), ...(await findViolations(page))];
  },
  'in the dark': async (page) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    return findViolations(page, ['color-contrast']);
  },
  'without motion': (page) => page.evaluate(findMotion),
  'in colours of the reader’s own': async (page) => {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    return page.evaluate(findLostControls);
  },
};

/** Tags and attributes without words, addresses and ids. */
const kindOf = ({ text }: Shot): string =>
  text
    .replace(/>[^<]+</g, '><')
    .replace(/ (href|action|value|content|d|viewBox|datetime|data-\w+)="[^"]*"/g, '')
    .replaceAll(/<(span class="nowrap"|\/span|span|wbr)>/g, '');

/** Scripts, and what takes the focus, only work in a page that was opened. */
const isAlive = ({ text }: Shot): boolean => /<script|autofocus/.test(text);

async function examine(page: Page, { name }: Shot, looks: Record<string, Look>): Promise<string[]> {
  const faults: string[] = [];
  for (const [view, look] of Object.entries(looks))
    for (const fault of await look(page)) faults.push(`${name}, ${view}: ${fault}`);
  return faults;
}

/** A hundred and fifty pages in seven views each: on a busy machine longer than a test is given. */
const timeout = 300_000;

test('every page in every state can be read, heard, seen and pressed', { timeout }, async (t) => {
  const shots = await takeAlbum(t, await startTestServer(t), 'fr');
  const album = await serveAlbum(t, shots);
  await using context = await openContext(await opening, 'desk', { reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults: string[] = [];
  // The sandbox's home is not where the app lets itself be framed.
  page.on('console', (message) => {
    if (/^(?!Framing).*Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  await openShot(page, album, 0);
  const seen = new Set<string>();
  for (const [number, shot] of shots.entries()) {
    await (isAlive(shot) ? openShot : turnTo)(page, album, number);
    faults.push(...(await examine(page, shot, ofEveryPage)));
    const kind = kindOf(shot);
    if (!seen.has(kind)) faults.push(...(await examine(page, shot, ofEveryKind)));
    seen.add(kind);
  }
  assert.ok(shots.length > 140 && seen.size > 70, `${shots.length} pages of ${seen.size} kinds`);
  assert.deepEqual(faults, []);
});

test('the font of the pages is the one that they bring', async (t) => {
  const { urls } = await startTestServer(t);
  await using context = await openContext(await opening, 'phone');
  const page = await context.newPage();
  await page.goto(urls.portal);
  const loaded = await page.evaluate(async () =>
    [...(await document.fonts.ready)].map(({ family, status }) => `${family} ${status}`.replaceAll('"', '')),
  );
  assert.deepEqual(loaded, ['Atkinson Hyperlegible Next loaded']);
});

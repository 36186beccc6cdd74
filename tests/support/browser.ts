import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { findChromium } from '../../tools/find-chromium.ts';
import type { Ending } from './databases.ts';

/** The sizes at which a person meets each page. */
export const sizes = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
} as const;

export type Size = keyof typeof sizes;

/** Of a walk that is the same at both sizes: `npm test` takes it at one, `npm run test:long` at both. */
export const sizesOf = (usual: Size): Size[] =>
  process.env.HYGIE_TEST_SIZES === 'both' ? ['desk', 'phone'] : [usual];

/** No call leaves the machine: Chromium's own services are off. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `further` flags: a film in place of a camera, for instance. */
export async function openBrowser(t: Ending, further: readonly string[] = []): Promise<Browser> {
  const { path, libraries } = await findChromium();
  const env = libraries ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env;
  const browser = await chromium.launch({
    executablePath: path,
    args: [...chromiumFlags, ...further],
    env: env as Record<string, string>,
  });
  t.after(() => browser.close());
  return browser;
}

/** A browser of its own (cookies, storage) at one size, speaking French. */
export async function openContext(
  browser: Browser,
  size: Size,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: sizes[size], locale: 'fr-FR', ...options });
  context.setDefaultTimeout(30_000);
  return context;
}

/** Whether the page would scroll sideways: never, from 320 px up. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

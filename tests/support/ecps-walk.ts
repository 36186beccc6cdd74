import { setTimeout } from 'node:timers/promises';
import type { CookieBrowser, Page } from './cookie-browser.ts';
import { press } from './http-walk.ts';

/** From a sign-in page to the page that waits for the phone. */
export async function askPhone(browser: CookieBrowser, choice: Page, identifiant: string): Promise<Page> {
  return press(browser, await press(browser, choice, '/e-cps'), '/e-cps/demande', { identifiant });
}

/** What the waiting page's script does: asks how it stands until it is settled, then reads the page again. */
export async function waitForPhone(browser: CookieBrowser, waiting: Page): Promise<Page> {
  const state = new URL(/data-waiting="([^"]+)"/.exec(waiting.text)?.[1] ?? '', waiting.url);
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const { pending } = await (await browser.request(state)).json();
    if (!pending) return browser.open(waiting.url);
    await setTimeout(20);
  }
  throw new Error('The phone did not answer.');
}

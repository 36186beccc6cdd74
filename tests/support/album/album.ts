import type { TestContext } from 'node:test';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from '../cookie-browser.ts';
import type { TestServer } from '../start-test-server.ts';
import { takeContactPages } from './contact-pages.ts';
import { takeErrors } from './error-pages.ts';
import { takeOperator } from './operator-pages.ts';
import { takePortal } from './portal-pages.ts';
import { takeRemoval } from './removal-pages.ts';
import { takeRepair } from './repair-pages.ts';
import { takeSandbox } from './sandbox-pages.ts';
import { takeSearch } from './search-pages.ts';
import { takeWallet } from './wallet-pages.ts';

export type Language = 'fr' | 'en';

/** A page as the server gave it, in one of its states. */
export interface Shot extends Page {
  name: string;
}

/** Keeps pages under names; a part of the system is walked with it. */
export interface Camera {
  language: Language;
  /** Keeps a page, and gives it back to be gone on from. */
  take(name: string, page: Page | Promise<Page>): Promise<Page>;
  /** A browser that speaks the language on every listener. */
  openBrowser(browser?: CookieBrowser): Promise<CookieBrowser>;
}

function createCamera(language: Language): Camera & { shots: Shot[] } {
  const shots: Shot[] = [];
  return {
    language,
    shots,
    async take(name, page) {
      const taken = await page;
      shots.push({ ...taken, name });
      return taken;
    },
    async openBrowser(browser = createCookieBrowser()) {
      const remember = (name: ListenerName) =>
        browser.jar.setCookie(`${name}_lang=${language}; Path=/`, 'http://localhost');
      await Promise.all(listenerNames.map(remember));
      return browser;
    },
  };
}

/** Every page of portal, wallet, directory and sandbox, in every state that a person may meet. */
export async function takeAlbum(t: TestContext, server: TestServer, language: Language): Promise<Shot[]> {
  const camera = createCamera(language);
  const parts = [takePortal, takeWallet, takeRepair, takeRemoval, takeErrors];
  await Promise.all(parts.map((take) => take(t, camera)));
  await server.api('POST', '/api/reset');
  await takeSandbox(server, camera);
  await takeSearch(server, camera);
  await takeContactPages(server, camera);
  await server.api('POST', '/api/reset');
  await takeOperator(server, camera);
  return camera.shots;
}

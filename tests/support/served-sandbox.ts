import type { TestContext } from 'node:test';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { presentPersonasCard } from './http-walk.ts';
import { startTestServer } from './start-test-server.ts';
import { getPersona, type PersonaJson } from './walk.ts';

/** A sandbox that programs of other people are pointed at, and who signs in there. */
export interface ServedSandbox {
  issuer: string;
  walletUrl: URL;
  persona: PersonaJson;
}

export async function startServedSandbox(t: TestContext): Promise<ServedSandbox> {
  const server = await startTestServer(t);
  return {
    issuer: new URL('/auth/realms/esante-wallet', server.urls.connect).href,
    walletUrl: new URL(server.urls.wallet),
    persona: await getPersona(server, 'infirmier-rpps'),
  };
}

/** A browser for which each address of a service that does not listen is an empty page: it tells where it came. */
export function createBrowserFor(service: string): CookieBrowser {
  const { origin } = new URL(service);
  return createCookieBrowser((url, init) =>
    new URL(String(url)).origin === origin ? Promise.resolve(new Response('')) : fetch(url, init),
  );
}

/** From where a service sends the browser to where it is answered, by the persona's card in the sandbox's reader. */
export async function signInAtService(
  { persona }: ServedSandbox,
  browser: CookieBrowser,
  start: string | URL,
): Promise<Page> {
  return presentPersonasCard(browser, await browser.open(start), persona.slug);
}

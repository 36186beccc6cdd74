import assert from 'node:assert/strict';
import { request } from 'node:https';
import { join } from 'node:path';
import { VirtualClock } from '#platform/clock.ts';
import { type CardRequest, openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { type ClientCredential, credentialOf } from './card-site.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { openChoice, press } from './http-walk.ts';
import type { TestServer } from './start-test-server.ts';

/** A card of the server's own authority, for whomever a test wants. */
export async function certifyHolder(
  { dataDir }: TestServer,
  holder: Partial<CardRequest>,
): Promise<ClientCredential> {
  return credentialOf(
    await openCardAuthority({ dir: join(dataDir, 'pki'), clock: new VirtualClock() }),
    holder,
  );
}

/** A sign-in by the browser's own reader, `credential` in it: the page that it leads to. */
export async function presentOwnCard(
  server: TestServer,
  credential: ClientCredential | undefined,
  browser: CookieBrowser = createCookieBrowser(),
): Promise<Page> {
  const reader = await press(browser, await openChoice(browser, server.urls), '/carte');
  const address = new RegExp(`href="(${server.urls.card}/[^"]+)"`).exec(reader.text)?.[1];
  assert.ok(address, 'Utiliser mon lecteur');
  return browser.open(await sendCard(server, address, credential));
}

/** The card listener's answer: where the browser goes on. */
export async function sendCard(
  server: TestServer,
  address: string,
  credential: ClientCredential | undefined,
): Promise<string> {
  const ca = await (await fetch(new URL('/autorite.pem', server.urls.sandbox))).text();
  return new Promise((resolve, reject) => {
    const sent = request(address, { ca, agent: false, ...credential }, (answer) => {
      answer.resume();
      assert.equal(answer.statusCode, 303);
      resolve(answer.headers.location ?? '');
    });
    sent.on('error', reject).end();
  });
}

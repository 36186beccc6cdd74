import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import { openChoice, press, readable } from '../support/http-walk.ts';
import { certifyHolder, sendCard } from '../support/own-reader.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

/** A card read for a sign-in that `browser` began, up to the address that its reader leads back to. */
async function readCard(browser: CookieBrowser, urls: TestServer['urls'], slug: string): Promise<URL> {
  const reader = await press(browser, await openChoice(browser, urls), '/carte');
  const { url } = await press(browser, reader, '/carte', { persona: slug });
  const answer = await browser.request(`${url.href}/code`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ code: '1234' }),
  });
  const back = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(await answer.text())?.[1];
  assert.ok(back);
  return new URL(back);
}

const isSignedIn = async (browser: CookieBrowser, urls: TestServer['urls']) =>
  (await browser.open(`${urls.portal}/professionnel/lieux`)).url.pathname === '/professionnel/lieux';

test('an address with a code of a reader, sent to somebody else, signs nobody in', async (t) => {
  const { urls } = await startTestServer(t);
  const [attacker, victim] = [createCookieBrowser(), createCookieBrowser()];
  const back = await readCard(attacker, urls, 'infirmier-rpps');
  const opened = await victim.open(back);
  assert.equal(opened.status, 410);
  assert.match(readable(opened.text), /a expiré/);
  assert.equal(await isSignedIn(victim, urls), false);

  const begun = await openChoice(victim, urls);
  const mixed = new URL(`${begun.url.pathname}/carte/retour${back.search}`, urls.wallet);
  assert.match(readable((await victim.open(mixed)).text), /Carte CPS/);
  assert.equal(await isSignedIn(victim, urls), false);

  assert.equal((await attacker.open(back)).url.href, `${urls.portal}/professionnel/lieux`);
});

test('a code of a reader is redeemed once', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  const back = await readCard(browser, urls, 'infirmier-rpps');
  const [first, second] = await Promise.all([browser.request(back), browser.request(back)]);
  const goesOn = [first, second].filter(({ headers }) => headers.get('location')?.includes('/auth/'));
  assert.equal(goesOn.length, 1);
  assert.equal((await browser.request(back)).headers.get('location')?.includes('/auth/') ?? false, false);
});

test('a code of a reader is good for a minute', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  const back = await readCard(browser, server.urls, 'infirmier-rpps');
  await server.api('POST', '/api/clock', { advanceMs: 61_000 });
  assert.match(readable((await browser.open(back)).text), /Carte CPS/);
  assert.equal(await isSignedIn(browser, server.urls), false);
});

test('her card, read for an attempt that a stranger opened, gives him nothing', async (t) => {
  const server = await startTestServer(t);
  const [his, hers] = [createCookieBrowser(), createCookieBrowser()];
  const reader = await press(his, await openChoice(his, server.urls), '/carte');
  const address = /href="(https:[^"]+)"/.exec(reader.text)?.[1] ?? '';
  const { rpps } = await getPersona(server, 'infirmier-rpps');
  const card = await certifyHolder(server, { nationalId: { kind: 'rpps', value: rpps ?? '' } });
  const back = await sendCard(server, address, card);
  // The listener sends the browser that showed the card, and that one alone, the code.
  assert.equal((await hers.open(back)).status, 410);
  const waiting = new URL(new URL(back).pathname.replace('/carte/retour', ''), server.urls.wallet);
  assert.match(readable((await his.open(waiting)).text), /Carte CPS/);
  assert.equal(await isSignedIn(his, server.urls), false);
  assert.equal(await isSignedIn(hers, server.urls), false);
});

import assert from 'node:assert/strict';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { codeOf, press, signInByCard } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { openRepair, tokenOf } from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';
import { getPersona, type PersonaJson } from '../support/walk.ts';

const scan = 'Scanner avec mon téléphone';
const isSignIn = ({ url }: Page): boolean => url.pathname.startsWith('/connexion/');
const ways = ['', '/telephone', '/carte', '/mail', '/e-cps'];
const own = { headers: { 'sec-fetch-site': 'same-origin' } };

async function codeShown(browser: CookieBrowser, server: TestServer) {
  const repair = await openRepair(browser, server, 'infirmiere-adeli');
  const code = await pressNamed(browser, repair, scan);
  assert.ok(tokenOf(code, server));
  return { repair, code };
}

/** Nothing of hers is on any page that the address leads this browser to. */
async function assertNothingShown(browser: CookieBrowser, repair: Page, her: PersonaJson): Promise<void> {
  for (const way of ways) {
    const page = await browser.open(repair.url.href + way, own);
    assert.notEqual(page.url.pathname, repair.url.pathname + way, way);
    for (const secret of [her.rpps, her.adeli, her.familyName, 'class="qr"'])
      assert.ok(secret && !page.text.includes(secret), `${way} ${secret}`);
  }
  const state = await browser.request(`${repair.url.href}/state?vu=none.`);
  assert.deepEqual([state.status, await state.json()], [404, { pending: false }]);
}

testOnOneServer('the address of a repair, given away', {
  'tells a browser that nobody signed in to nothing, and her own code goes on': async (server) => {
    const browser = createCookieBrowser();
    const { repair, code } = await codeShown(browser, server);
    const her = await getPersona(server, 'infirmiere-adeli');
    await assertNothingShown(createCookieBrowser(), repair, her);
    const again = await browser.open(code.url);
    assert.ok(tokenOf(again, server), 'still hers');
  },

  'tells somebody else who is signed in nothing of hers, by card under either number': async (server) => {
    const { repair } = await codeShown(createCookieBrowser(), server);
    const her = await getPersona(server, 'infirmiere-adeli');
    for (const slug of ['infirmier-rpps', 'infirmiere-non-inscrite', 'infirmiere-homonyme']) {
      const other = createCookieBrowser();
      await signInByCard(other, server.urls, slug);
      const page = await other.open(repair.url);
      assert.notEqual(page.url.pathname, repair.url.pathname, slug);
      assert.ok(her.rpps && !page.text.includes(her.rpps), slug);
      assert.doesNotMatch(page.text, /class="qr"/);
    }
  },

  'lets nobody choose a way or go back for her': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    const other = createCookieBrowser();
    for (const act of ['/mail', '/retour']) {
      const page = await other.submit(repair.url, repair.url.pathname + act);
      assert.ok(isSignIn(page), act);
    }
    const still = await browser.open(repair.url);
    assert.equal(codeOf(still, 'cause'), 'legacy_adeli_identity');
  },
});

async function copyCookies(from: CookieBrowser, { urls }: TestServer): Promise<CookieBrowser> {
  const thief = createCookieBrowser();
  for (const cookie of await from.jar.getCookies(urls.wallet))
    await thief.jar.setCookie(cookie.toString(), urls.wallet);
  return thief;
}

testOnOneServer('a repair ticket after the sign-out', {
  'opens no page of the repair, with every cookie that was there before': async (server) => {
    const browser = createCookieBrowser();
    const { repair } = await codeShown(browser, server);
    const thief = await copyCookies(browser, server);
    const portal = await browser.open(`${server.urls.portal}/professionnel/lieux`);
    await press(browser, portal, '/deconnexion');
    const her = await getPersona(server, 'infirmiere-adeli');
    for (const one of [browser, thief]) await assertNothingShown(one, repair, her);
    for (const act of ['/mail', '/retour'])
      assert.ok(isSignIn(await thief.submit(repair.url, repair.url.pathname + act)), act);
  },

  'and where the service ends the session from server to server': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    const thief = await copyCookies(browser, server);
    const portal = await browser.open(`${server.urls.portal}/professionnel/lieux`);
    const form = await browser.request(new URL('/deconnexion', portal.url), {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    const logout = /url=([^"]+)"/.exec(await form.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.match(logout, /id_token_hint=/);
    // The browser never gets there; somebody's server does.
    await fetch(logout, { redirect: 'manual' });
    await assertNothingShown(thief, repair, await getPersona(server, 'infirmiere-adeli'));
  },

  'and where she comes back by the same card, the old address is not the new one': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    const thief = await copyCookies(browser, server);
    await press(browser, await browser.open(repair.url), '/deconnexion');
    await server.api('POST', '/api/clock', { advanceMs: 1000 });
    const back = createCookieBrowser();
    const again = await openRepair(back, server, 'infirmiere-adeli');
    assert.notEqual(again.url.pathname, repair.url.pathname);
    await assertNothingShown(thief, repair, await getPersona(server, 'infirmiere-adeli'));
    assert.ok(isSignIn(await thief.open(again.url)));
  },
});

import assert from 'node:assert/strict';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { codeOf, headingOf, press, readable, textOf } from '../support/http-walk.ts';
import { followNamed, pressNamed } from '../support/named-controls.ts';
import {
  activateByToken,
  isPending,
  openRepair,
  readCard,
  signInByPhone,
  tokenOf,
} from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const scan = 'Scanner avec mon téléphone';
const minuteMs = 60_000;
const wait = (server: TestServer, advanceMs: number) => server.api('POST', '/api/clock', { advanceMs });

const isSignIn = ({ url }: Page): boolean => url.pathname.startsWith('/connexion/');

async function ticketCookie(browser: CookieBrowser, { urls }: TestServer): Promise<string | undefined> {
  return (await browser.jar.getCookies(urls.wallet)).find(({ key }) => key === 'wallet_repair')?.value;
}

const signOuts = {
  'the portal': (browser: CookieBrowser, _: Page, portal: Page) => press(browser, portal, '/deconnexion'),
  wallet: (browser: CookieBrowser, repair: Page) => press(browser, repair, '/deconnexion'),
};

testOnOneServer('the ticket of a repair', {
  'another browser is asked to sign in, and gets a ticket of its own': async (server) => {
    const [browser, other] = [createCookieBrowser(), createCookieBrowser()];
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    assert.ok(isSignIn(await other.open(repair.url)));
    const own = await readCard(other, await other.open(repair.url), 'infirmiere-adeli');
    assert.equal(headingOf(own), 'Réparer ma connexion');
    assert.notEqual(own.url.pathname, repair.url.pathname);
    assert.notEqual(await ticketCookie(browser, server), await ticketCookie(other, server));
  },
  'somebody else who is signed in gets their own, whatever address they open': async (server) => {
    const [browser, other] = [createCookieBrowser(), createCookieBrowser()];
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    await openRepair(other, server, 'infirmiere-non-inscrite');
    const own = await other.open(repair.url);
    assert.equal(codeOf(own, 'cause'), 'no_rpps');
    assert.notEqual(own.url.pathname, repair.url.pathname);
  },
  'a ticket outlives the session that the repair ends, for thirty minutes': async (server) => {
    const browser = createCookieBrowser();
    await server.api('POST', '/api/ecps', { persona: 'infirmier-ecps-adeli', behaviour: 'approve' });
    const repair = await openRepair(browser, server, 'infirmier-ecps-adeli');
    const code = await pressNamed(browser, repair, scan);
    const removed = await server.api('POST', '/api/ecps', {
      persona: 'infirmier-ecps-adeli',
      behaviour: 'ignore',
    });
    assert.equal(removed.status, 204);
    await activateByToken(server, tokenOf(code, server));
    const home = await browser.open(new URL('/professionnel/lieux', server.urls.portal));
    assert.equal(home.url.pathname, '/professionnel/connexion');
    const still = await browser.open(repair.url);
    assert.equal(still.url.href, repair.url.href);
    assert.match(readable(still.text), /Se connecter avec ma e-CPS/);
    await wait(server, 31 * minuteMs);
    assert.ok(isSignIn(await browser.open(repair.url)));
  },
  'a sign-out on wallet ends the ticket of a session that the repair ended before': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    await activateByToken(server, tokenOf(await pressNamed(browser, repair, scan), server));
    await press(browser, await browser.open(repair.url), '/deconnexion');
    assert.equal(await ticketCookie(browser, server), undefined);
    assert.ok(isSignIn(await browser.open(repair.url)));
  },
  'the first sign-in under the RPPS number ends the ticket, wherever it happens': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    const code = await pressNamed(browser, repair, scan);
    const phone = await activateByToken(server, tokenOf(code, server));
    const onPhone = createCookieBrowser();
    await signInByPhone(onPhone, await onPhone.open(phone.credential.returnUrl ?? ''), phone);
    assert.equal(await isPending(browser, code), false);
    assert.ok(isSignIn(await browser.open(code.url)));
  },
  'the ticket stays with the person who comes back by another sign-in in that browser': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    await wait(server, 6 * minuteMs);
    const code = await readCard(browser, await pressNamed(browser, repair, scan), 'infirmiere-adeli');
    assert.equal(code.url.pathname, `${repair.url.pathname}/telephone`);
    const back = await pressNamed(
      browser,
      await followNamed(browser, code, 'Choisir une autre façon'),
      'Revenir au service',
    );
    assert.equal(back.url.href, `${server.urls.portal}/professionnel/lieux`);
    assert.match(textOf(back, 'national-id'), /^Numéro ADELI/);
  },
  'somebody else at the reader gets their own repair, never this one': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    await wait(server, 6 * minuteMs);
    const choice = await pressNamed(browser, repair, scan);
    await pressNamed(browser, await browser.open(server.urls.sandbox), 'Retirer sa carte');
    const page = await readCard(browser, choice, 'infirmiere-homonyme');
    assert.equal(codeOf(page, 'cause'), 'identity_mismatch');
    assert.doesNotMatch(page.text, /class="qr"/);
    assert.notEqual(page.url.pathname, repair.url.pathname);
  },
  ...Object.fromEntries(
    Object.entries(signOuts).map(([where, leave]) => [
      `a sign-out at ${where} ends the ticket`,
      async (server: TestServer) => {
        const browser = createCookieBrowser();
        const repair = await openRepair(browser, server, 'infirmiere-adeli');
        const portal = await browser.open(new URL('/professionnel/lieux', server.urls.portal));
        const copied = await ticketCookie(browser, server);
        await leave(browser, repair, portal);
        const thief = createCookieBrowser();
        await thief.jar.setCookie(`wallet_repair=${copied}`, server.urls.wallet);
        for (const one of [browser, thief]) assert.ok(isSignIn(await one.open(repair.url)));
      },
    ]),
  ),
});

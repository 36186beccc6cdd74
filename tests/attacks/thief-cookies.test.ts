import assert from 'node:assert/strict';
import { openContactPage } from '../support/contact-walk.ts';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { press, textOf } from '../support/http-walk.ts';
import { openRepair } from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

/** Each page that knows a person by a cookie, with that cookie's name. */
interface Door {
  cookie: string;
  url: URL;
}

/** One browser with a session on portal, wallet and the page of contact details, and an open repair. */
async function signInEverywhere(server: TestServer) {
  const browser = createCookieBrowser();
  const repair = await openRepair(browser, server, 'infirmiere-adeli');
  await openContactPage(browser, server);
  const jar = await browser.jar.getCookies(server.urls.portal);
  return { browser, repair, stolen: new Map(jar.map(({ key, value }) => [key, value])) };
}

function findDoors({ urls }: TestServer, repair: Page): Door[] {
  return [
    { cookie: 'portal_session', url: new URL('/professionnel/lieux', urls.portal) },
    { cookie: 'directory_session', url: new URL('/coordonnees', urls.directory) },
    { cookie: 'wallet_repair', url: repair.url },
    { cookie: 'wallet_session', url: new URL('/reparation', urls.wallet) },
  ];
}

/** Whether the page, or the one that it leads to on its own site, is a person's. */
async function opens(url: URL, cookie: string): Promise<boolean> {
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
  const location = response.headers.get('location');
  if (location !== null) return /^\/reparation\/[\w-]{24}$/.test(new URL(location, url).pathname);
  return textOf({ text: await response.text() } as Page, 'national-id') !== '';
}

const withSignature = (stolen: Map<string, string>, name: string): string => {
  const signature = stolen.get(`${name}.sig`);
  return [`${name}=${stolen.get(name)}`, ...(signature ? [`${name}.sig=${signature}`] : [])].join('; ');
};

testOnOneServer('who has copied the cookies of a browser', {
  'is signed in as she is, and signed out with her, on every site': async (server) => {
    const { browser, repair, stolen } = await signInEverywhere(server);
    const doors = findDoors(server, repair);
    for (const { cookie, url } of doors)
      assert.equal(await opens(url, withSignature(stolen, cookie)), true, cookie);
    const portal = await browser.open(new URL('/professionnel/lieux', server.urls.portal));
    await press(browser, portal, '/deconnexion');
    for (const { cookie, url } of doors)
      assert.equal(await opens(url, withSignature(stolen, cookie)), false, cookie);
  },

  'is nobody without the signature, or with that of another session': async (server) => {
    const [one, other] = [await signInEverywhere(server), await signInEverywhere(server)];
    const url = new URL('/reparation', server.urls.wallet);
    const value = one.stolen.get('wallet_session');
    const signature = other.stolen.get('wallet_session.sig');
    assert.equal(await opens(url, `wallet_session=${value}`), false);
    assert.equal(await opens(url, `wallet_session=${value}; wallet_session.sig=${signature}`), false);
  },
});

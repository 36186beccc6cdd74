import assert from 'node:assert/strict';
import { openContactPage } from '../support/contact-walk.ts';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { press, textOf } from '../support/http-walk.ts';
import { openRepair } from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const realm = '/auth/realms/esante-wallet/protocol/openid-connect';

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

const withSignature = (stolen: Map<string, string>, name: string, as: string): string => {
  const signature = stolen.get(`${name}.sig`);
  return [`${as}=${stolen.get(name)}`, ...(signature ? [`${as}.sig=${signature}`] : [])].join('; ');
};

/** Names begin with their listener. */
const listenerOf = (cookie: string) => cookie.split('_')[0];

testOnOneServer('who has the cookies of a browser', {
  'opens the pages of their own listener, and no other': async (server) => {
    const { repair, stolen } = await signInEverywhere(server);
    const names = [...stolen.keys()].filter((name) => !name.endsWith('.sig'));
    for (const { cookie, url } of findDoors(server, repair)) {
      assert.equal(await opens(url, withSignature(stolen, cookie, cookie)), true, cookie);
      for (const name of names.filter((other) => other !== cookie)) {
        assert.equal(await opens(url, withSignature(stolen, name, cookie)), false, `${name} as ${cookie}`);
        if (listenerOf(name) === listenerOf(cookie)) continue;
        assert.equal(
          await opens(url, withSignature(stolen, name, name)),
          false,
          `${name} at ${url.pathname}`,
        );
      }
    }
  },

  'gets nothing of connect and of the app': async (server) => {
    const { stolen } = await signInEverywhere(server);
    const cookie = [...stolen].map(([name, value]) => `${name}=${value}`).join('; ');
    const userinfo = new URL(`${realm}/userinfo`, server.urls.connect);
    assert.equal((await fetch(userinfo, { headers: { cookie } })).status, 401);
    const credentials = new URL('/api/credentials', server.urls.app);
    assert.equal((await fetch(credentials, { headers: { cookie } })).status, 401);
  },

  'is nobody without the signature, or with that of another session': async (server) => {
    const [one, other] = [await signInEverywhere(server), await signInEverywhere(server)];
    const url = new URL('/reparation', server.urls.wallet);
    const value = one.stolen.get('wallet_session');
    const signature = other.stolen.get('wallet_session.sig');
    assert.equal(await opens(url, `wallet_session=${value}`), false);
    assert.equal(await opens(url, `wallet_session=${value}; wallet_session.sig=${signature}`), false);
  },

  'is signed out with her, on every site': async (server) => {
    const { browser, repair, stolen } = await signInEverywhere(server);
    const portal = await browser.open(new URL('/professionnel/lieux', server.urls.portal));
    await press(browser, portal, '/deconnexion');
    for (const { cookie, url } of findDoors(server, repair))
      assert.equal(await opens(url, withSignature(stolen, cookie, cookie)), false, cookie);
  },
});

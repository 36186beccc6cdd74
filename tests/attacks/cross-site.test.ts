import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListenerName } from '#platform/http/site.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { openChoice, signInByCard } from '../support/http-walk.ts';
import { startTestServer } from '../support/start-test-server.ts';

/** What browsers say of a form that another page posts, and what a forger leaves out. */
const strangers: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' },
  { 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' },
  { 'sec-fetch-site': 'none' },
  { origin: 'http://evil.example' },
  { origin: 'null' },
  {},
];

test('no form of another site signs out, opens a reader, refuses a sign-in or goes back', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  await signInByCard(browser, urls, 'infirmiere-adeli');
  const other = createCookieBrowser();
  const { pathname } = (await openChoice(other, urls)).url;
  const forms: [typeof browser, string][] = [
    [browser, `${urls.portal}/deconnexion`],
    [browser, `${urls.wallet}/deconnexion`],
    [browser, `${urls.wallet}/reparation/a-ticket/retour`],
    [other, `${urls.wallet}${pathname}/carte`],
    [other, `${urls.wallet}${pathname}/service`],
  ];
  for (const [visitor, address] of forms) {
    for (const headers of strangers) {
      const { status } = await visitor.request(address, { method: 'POST', headers });
      assert.equal(status, 403, `${address} ${JSON.stringify(headers)}`);
    }
  }
  const places = await browser.open(`${urls.portal}/professionnel/lieux`);
  assert.equal(places.url.pathname, '/professionnel/lieux', 'still signed in');
});

/** Every form of every listener; what is made for posts from elsewhere is told apart below. */
const forms: Partial<Record<ListenerName, string[]>> = {
  portal: ['/deconnexion', '/connexion/demarrer', '/professionnel/lieux'],
  wallet: [
    ...['/carte', '/e-cps', '/e-cps/demande', '/moyen', '/suspendue', '/service'].map(
      (end) => `/connexion/x${end}`,
    ),
    ...['', '/suite', '/codes', '/suppression', '/carte'].map((end) => `/mot-de-passe-oublie${end}`),
    ...['/mail', '/retour'].map((end) => `/reparation/x${end}`),
    '/deconnexion',
  ],
  app: ['/', '/activation', '/ce-n-est-pas-moi/x'],
  directory: ['', ...['/carte', '/sans-carte', '/codes', '/codes/renvoi', '/ce-n-est-pas-moi']]
    .map((end) => `/coordonnees${end}`)
    .concat('/deconnexion'),
  sandbox: [
    '/personne',
    '/carte/inserer',
    '/carte/retirer',
    '/horloge',
    '/remise-a-zero',
    '/telephone',
    '/telephone/adresse',
    '/telephone/reparation',
    '/telephone/fenetre',
    ...['/carte', '/retirer', '/code'].map((end) => `/lecteur/${'a'.repeat(32)}${end}`),
  ],
};

test('nothing that changes anything is heard from another site, whatever the method, known path or not', async (t) => {
  const { urls } = await startTestServer(t);
  for (const [name, paths] of Object.entries(forms)) {
    const addresses = [...paths, '/nowhere', '//nowhere'].map((path) => urls[name as ListenerName] + path);
    for (const address of addresses)
      for (const headers of strangers)
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const { status } = await fetch(address, { method, headers, redirect: 'manual' });
          assert.equal(status, 403, `${method} ${address} ${JSON.stringify(headers)}`);
        }
  }
});

test('a browser that says where a form comes from is believed before its Origin', async (t) => {
  const { urls } = await startTestServer(t);
  const sent = async (headers: Record<string, string>) =>
    (await fetch(`${urls.portal}/deconnexion`, { method: 'POST', headers, redirect: 'manual' })).status;
  const own = new URL(urls.portal).origin;
  assert.equal(await sent({ 'sec-fetch-site': 'cross-site', origin: own }), 403);
  assert.equal(await sent({ origin: own.replace('localhost', '127.0.0.1') }), 403);
  assert.equal(await sent({ origin: own.replace(/\d+$/, '1') }), 403);
  assert.equal(await sent({ origin: `${own}.evil.example` }), 403);
  assert.equal(await sent({ origin: own.replace('http', 'https') }), 403);
  assert.notEqual(await sent({ origin: own }), 403);
});

test('an address that is opened changes nothing, where a form would', async (t) => {
  const { urls, api } = await startTestServer(t);
  const browser = createCookieBrowser();
  await signInByCard(browser, urls, 'infirmiere-adeli');
  const before = await api('GET', '/api/personas');
  for (const [name, paths] of Object.entries(forms))
    for (const path of paths)
      for (const method of ['GET', 'HEAD']) {
        const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' };
        await browser.request(urls[name as ListenerName] + path, { method, headers });
      }
  const places = await browser.open(`${urls.portal}/professionnel/lieux`);
  assert.equal(places.url.pathname, '/professionnel/lieux', 'still signed in');
  assert.deepEqual(await api('GET', '/api/personas'), before);
});

test('posts that are made for programs and other sites carry no authority of the browser', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  await signInByCard(browser, urls, 'infirmiere-adeli');
  const send = (address: string, body = '') =>
    browser.request(address, {
      method: 'POST',
      headers: strangers[0] ?? {},
      body: new URLSearchParams(body),
    });
  assert.equal((await send(`${urls.portal}/deconnexion/recue`, 'logout_token=x')).status, 400);
  assert.equal((await send(`${urls.portal}/connexion/initier`, 'iss=http://evil.example')).status, 400);
  assert.equal((await send(`${urls.app}/api/credentials/x`)).status >= 400, true);
  const token = `${urls.connect}/auth/realms/esante-wallet/protocol/openid-connect/token`;
  assert.equal((await send(token, 'grant_type=authorization_code&code=x')).status, 401);
  const posted = await send(`${urls.wallet}/auth`, 'client_id=hygie-demo');
  assert.deepEqual(
    [posted.status, posted.headers.get('location'), posted.headers.getSetCookie()],
    [303, '/auth?client_id=hygie-demo', []],
    'a posted authorization request is a navigation',
  );
  const places = await browser.open(`${urls.portal}/professionnel/lieux`);
  assert.equal(places.url.pathname, '/professionnel/lieux', 'still signed in');
});

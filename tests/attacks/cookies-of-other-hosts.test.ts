import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListenerName } from '#platform/http/site.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { sendRaw } from '../support/raw-request.ts';
import { openRepair } from '../support/repair-walk.ts';
import { startSplitHosts } from '../support/split-hosts.ts';
import { startTestServer } from '../support/start-test-server.ts';

test('no host gives a cookie to another: each is for its own host, named after its listener', async (t) => {
  const { urls } = await startSplitHosts(t);
  const addresses: [ListenerName, string][] = [
    ['portal', '/connexion/demarrer?lang=en'],
    ['wallet', '/auth?client_id=hygie-demo&redirect_uri=http://localhost:1/&response_type=code&scope=openid'],
    ['wallet', '/mot-de-passe-oublie?lang=en'],
    ['app', '/ce-n-est-pas-moi/x?lang=en'],
    ['directory', '/coordonnees?lang=en'],
    ['sandbox', '/?lang=en'],
  ];
  for (const [name, path] of addresses) {
    const { headers, text } = await sendRaw(urls[name], `GET ${path}`, [`Host: ${new URL(urls[name]).host}`]);
    const cookies = headers.getSetCookie();
    assert.ok(cookies.length > 0, text);
    for (const line of cookies) {
      assert.match(line, new RegExp(`^${name}_`), line);
      assert.doesNotMatch(line, /domain=/i);
      assert.match(line, /; httponly/i);
      assert.match(line, /; samesite=lax/i);
    }
  }
});

test('connect sets no cookie and reads none, not even for a language', async (t) => {
  const { urls } = await startTestServer(t);
  const realm = '/auth/realms/esante-wallet';
  for (const path of [
    '/nowhere?lang=en',
    `${realm}/nowhere?lang=en&ui_locales=en`,
    `${realm}/.well-known/openid-configuration?lang=en`,
    `${realm}/protocol/openid-connect/auth?lang=en&client_id=hygie-demo`,
    `${realm}/protocol/openid-connect/logout?ui_locales=en`,
    `${realm}/protocol/openid-connect/userinfo?lang=en`,
  ]) {
    const headers = { cookie: 'connect_lang=en; wallet_session=x; connect_session=x', accept: 'text/html' };
    const answer = await fetch(urls.connect + path, { headers, redirect: 'manual' });
    assert.deepEqual(answer.headers.getSetCookie(), [], path);
  }
  const page = await fetch(`${urls.connect}/nowhere`, { headers: { cookie: 'connect_lang=en' } });
  assert.match(await page.text(), /<html lang="fr"/);
});

test('what opens one site opens no other, under whatever name it is sent', async (t) => {
  const server = await startTestServer(t);
  const { urls } = server;
  const browser = createCookieBrowser();
  await openRepair(browser, server, 'infirmiere-adeli');
  const own = (await browser.jar.getCookies(urls.wallet)).map(({ value }) => value);
  assert.ok(own.length >= 4);
  /** Cookies that open something, and a page that needs them. */
  const doors: [ListenerName, string[], string][] = [
    ['portal', ['portal_session'], '/professionnel/lieux'],
    ['wallet', ['wallet_session', 'wallet_session.sig'], '/reparation'],
    ['wallet', ['wallet_repair'], '/reparation'],
    ['directory', ['directory_session'], '/coordonnees/codes?demande=cch_x'],
  ];
  const named = new Map((await browser.jar.getCookies(urls.wallet)).map(({ key, value }) => [key, value]));
  for (const [name, cookies, path] of doors)
    for (const value of own) {
      if (cookies.some((cookie) => named.get(cookie) === value)) continue;
      const cookie = cookies.map((each) => `${each}=${value}`).join('; ');
      const answer = await fetch(urls[name] + path, { headers: { cookie }, redirect: 'manual' });
      const location = new URL(answer.headers.get('location') ?? 'none:', urls[name]);
      const closed = ['/professionnel/connexion', '/auth', '/coordonnees'];
      assert.ok(closed.includes(location.pathname), `${name} ${cookies} ${location}`);
    }
});

test('the cookies of one listener, sent to all the others, sign nobody in there', async (t) => {
  const server = await startTestServer(t);
  const { urls } = server;
  const browser = createCookieBrowser();
  await openRepair(browser, server, 'infirmiere-adeli');
  const cookies = await browser.jar.getCookies(urls.wallet);
  const only = (prefix: string) =>
    cookies.flatMap(({ key, value }) => (key.startsWith(prefix) ? [`${key}=${value}`] : [])).join('; ');
  const ask = async (address: string, cookie: string) =>
    (await fetch(address, { headers: { cookie }, redirect: 'manual' })).headers.get('location') ?? '';
  assert.equal(await ask(`${urls.portal}/professionnel/lieux`, only('wallet_')), '/professionnel/connexion');
  assert.match(await ask(`${urls.wallet}/reparation`, only('portal_')), /\/auth\?client_id=hygie-wallet/);
  assert.match(await ask(`${urls.wallet}/reparation`, only('wallet_')), /^\/reparation\/./);
});

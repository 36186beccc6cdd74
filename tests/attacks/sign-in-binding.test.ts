import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { authorize, presentCard, signIn, submit } from '../support/oidc-client.ts';
import { startProviderSite } from '../support/provider-site.ts';

test('a sign-in belongs to the browser that began it', async (t) => {
  const site = await startProviderSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  const page = await authorize(hers, site);
  assert.equal((await his.open(page.url)).status, 410);
  assert.equal((await submit(his, site, page, `${page.url.pathname}/carte`)).status, 410);
  assert.equal((await submit(his, site, page, `${page.url.pathname}/service`)).status, 410);
  assert.deepEqual(site.card.readers, []);
  const id = page.url.pathname.split('/').at(-1);
  const resumed = await his.open(new URL(`/auth/${id}`, site.walletUrl));
  assert.equal(resumed.status, 400);
});

test('cookies that name a sign-in without our signature count for nothing', async (t) => {
  const site = await startProviderSite(t);
  const page = await authorize(createCookieBrowser(), site);
  const id = page.url.pathname.split('/').at(-1);
  for (const cookie of [
    `wallet_interaction=${id}`,
    `wallet_interaction=${id}; wallet_interaction.sig=AAAAAAAAAAAAAAAAAAAAAAAAAAA`,
  ])
    assert.equal((await fetch(page.url, { headers: { cookie } })).status, 410);
});

test('the cookie of one sign-in opens none at the address of another', async (t) => {
  const site = await startProviderSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  const [page, own] = [await authorize(hers, site), await authorize(his, site)];
  const cookie = await his.jar.getCookieString(own.url.href);
  assert.match(cookie, /wallet_interaction=/);
  assert.equal((await fetch(own.url, { headers: { cookie } })).status, 200);
  assert.equal((await fetch(page.url, { headers: { cookie } })).status, 410);
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  assert.equal((await fetch(`${page.url}/carte`, { method: 'POST', headers })).status, 410);
});

test('a code of the reader serves its own sign-in only', async (t) => {
  const site = await startProviderSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  const page = await authorize(hers, site);
  const response = await hers.request(`${page.url}/carte`, {
    method: 'POST',
    headers: { origin: page.url.origin, 'sec-fetch-site': 'same-origin' },
  });
  const code = /retour\?code=([\w-]+)/.exec(await response.text())?.[1];
  assert.ok(code);
  const other = await authorize(his, site);
  const stolen = await his.open(`${other.url}/carte/retour?code=${code}`);
  assert.match(stolen.text, /Carte CPS/);
  assert.equal(stolen.url.pathname, other.url.pathname);
});

test('a form from another site opens no reader', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }, {}]) {
    const response = await browser.request(`${page.url}/carte`, { method: 'POST', headers });
    assert.equal(response.status, 403);
  }
  assert.deepEqual(site.card.readers, []);
});

test('the session gets a new name when somebody signs in', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  const cookie = async () =>
    (await browser.jar.getCookies(site.walletUrl.href)).find(({ key }) => key === 'wallet_session')?.value;
  await signIn(browser, site);
  const before = await cookie();
  await presentCard(browser, site, await authorize(browser, site, { prompt: 'login' }));
  assert.notEqual(await cookie(), before);
});

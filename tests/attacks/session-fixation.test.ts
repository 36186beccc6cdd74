import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import { openChoice, signInByCard } from '../support/http-walk.ts';
import {
  authorize,
  openUntilService,
  presentCard,
  redeem,
  signIn,
  submit,
  userinfo,
} from '../support/oidc-client.ts';
import { adeliNurse, type ProviderSite, startProviderSite } from '../support/provider-site.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

/** What a stranger who can write cookies does: all of one browser's go into another. */
async function plant(from: CookieBrowser, into: CookieBrowser, address: string): Promise<void> {
  for (const cookie of await from.jar.getCookies(address, { allPaths: true }))
    await into.jar.setCookie(cookie.toString(), address);
}

async function cookieOf(browser: CookieBrowser, address: string, name: string): Promise<string | undefined> {
  return (await browser.jar.getCookies(address)).find(({ key }) => key === name)?.value;
}

async function isKnown(browser: CookieBrowser, site: ProviderSite): Promise<boolean> {
  const answer = await authorize(browser, site, { prompt: 'none' });
  return answer.url.searchParams.has('code');
}

test('a sign-in that a stranger began and planted gives him no session when she finishes it', async (t) => {
  const site = await startProviderSite(t);
  const [his, hers] = [createCookieBrowser(), createCookieBrowser()];
  const begun = await authorize(his, site);
  await plant(his, hers, begun.url.href);
  const answer = await presentCard(hers, site, begun);
  assert.ok(answer.url.searchParams.has('code'), 'she goes on to the service');
  const id = begun.url.pathname.split('/').at(-1);
  const resumed = await openUntilService(his, site, new URL(`/auth/${id}`, site.walletUrl));
  assert.equal(resumed.status, 400);
  assert.equal(await isKnown(his, site), false);
  assert.equal((await his.open(begun.url)).status, 410);
});

test('a session that a stranger planted stays his, and hers gets a name that he never saw', async (t) => {
  const site = await startProviderSite(t);
  const [his, hers] = [createCookieBrowser(), createCookieBrowser()];
  site.card.answer = { verification: adeliNurse(site.clock) };
  await signIn(his, site);
  await plant(his, hers, site.walletUrl.href);
  site.card.answer = { verification: { ...adeliNurse(site.clock), nationalId: rppsOfHers } };
  const hersTokens = await redeem(site, await signIn(hers, site, { prompt: 'login' }));
  const planted = await cookieOf(his, site.walletUrl.href, 'wallet_session');
  assert.notEqual(await cookieOf(hers, site.walletUrl.href, 'wallet_session'), planted);
  assert.equal(await isKnown(his, site), false, 'the session that she left has ended');
  const { SubjectNameID } = await (await userinfo(site, hersTokens.access_token)).json();
  assert.equal(SubjectNameID, `8${rppsOfHers.value}`);
});

const rppsOfHers = { kind: 'rpps', value: '99700000013' } as const;

test('a session cookie of wallet that was made up is nobody, signed or not', async (t) => {
  const site = await startProviderSite(t);
  const hers = createCookieBrowser();
  await signIn(hers, site);
  const session = (await cookieOf(hers, site.walletUrl.href, 'wallet_session')) ?? '';
  const signature = (await cookieOf(hers, site.walletUrl.href, 'wallet_session.sig')) ?? '';
  for (const [value, sig] of [
    [session, ''],
    [session, 'A'.repeat(43)],
    [`${session.slice(0, -1)}A`, signature],
    ['planted', signature],
    ['', signature],
  ]) {
    const his = createCookieBrowser();
    await his.jar.setCookie(`wallet_session=${value}; Path=/`, site.walletUrl.href);
    if (sig) await his.jar.setCookie(`wallet_session.sig=${sig}; Path=/`, site.walletUrl.href);
    assert.equal(await isKnown(his, site), false, `${value} ${sig}`);
  }
});

test('a request that a stranger planted is not answered by hers', async (t) => {
  const site = await startProviderSite(t);
  const [his, hers] = [createCookieBrowser(), createCookieBrowser()];
  const [begun, own] = [await authorize(his, site), await authorize(hers, site)];
  // His id, under the cookie of her own request.
  const moved = await submit(hers, site, own, `${begun.url.pathname}/carte`);
  assert.equal(moved.status, 410);
  assert.deepEqual(site.card.readers, []);
});

async function startServerWith(t: TestContext): Promise<[TestServer, CookieBrowser]> {
  return [await startTestServer(t), createCookieBrowser()];
}

test('the portal names a session anew at each sign-in, and what was planted opens nothing', async (t) => {
  const [server, browser] = await startServerWith(t);
  const { urls } = server;
  const planted = 'a'.repeat(43);
  await browser.jar.setCookie(`portal_session=${planted}; Path=/`, urls.portal);
  await signInByCard(browser, urls, 'infirmier-rpps');
  const first = await cookieOf(browser, urls.portal, 'portal_session');
  const choice = await openChoice(browser, urls);
  assert.equal(choice.url.pathname, '/professionnel/lieux', 'single sign-on');
  const second = await cookieOf(browser, urls.portal, 'portal_session');
  assert.equal(new Set([planted, first, second]).size, 3);
  for (const value of [planted, first]) {
    const his = createCookieBrowser();
    await his.jar.setCookie(`portal_session=${value}; Path=/`, urls.portal);
    const page = await his.open(`${urls.portal}/professionnel/lieux`);
    assert.equal(page.url.pathname, '/professionnel/connexion', String(value));
  }
});

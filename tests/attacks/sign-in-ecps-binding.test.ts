import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { authorize, codeOf, openUntilService, submit } from '../support/oidc-client.ts';
import { type ProviderSite, startProviderSite } from '../support/provider-site.ts';

const number = '99700000013';
const startSite = (t: TestContext) => startProviderSite(t, 'sqlite', undefined, { ecps: true });

async function ask(browser: CookieBrowser, site: ProviderSite, identifiant = number): Promise<Page> {
  const page = await authorize(browser, site);
  return submit(browser, site, page, `${page.url.pathname}/e-cps/demande`, { identifiant });
}

test('the page that waits for a phone opens in the browser that asked, and in no other', async (t) => {
  const site = await startSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  const waiting = await ask(hers, site);
  site.phones.answer('approved');
  for (const path of [waiting.url.pathname, `${waiting.url.pathname}/state`])
    assert.equal((await his.open(new URL(path, waiting.url))).status, 410);
  assert.equal(site.phones.statusOf('apr_0'), 'approved');
});

test('an approval serves the sign-in that asked for it: its id opens nothing in another', async (t) => {
  const site = await startSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  await ask(hers, site);
  site.phones.answer('approved');
  const page = await authorize(his, site);
  const stolen = await openUntilService(his, site, `${page.url}/e-cps/apr_0`);
  assert.match(stolen.text, /Comment voulez-vous/);
  const state = await his.request(`${page.url}/e-cps/apr_0/state`);
  assert.deepEqual(await state.json(), { pending: false });
  assert.equal(site.phones.statusOf('apr_0'), 'approved');
});

test('an approval signs in once', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const waiting = await ask(browser, site);
  site.phones.answer('approved');
  const answers = await Promise.all([1, 2, 3, 4].map(() => browser.request(waiting.url)));
  const leadOn = answers.filter((answer) => answer.headers.get('location')?.includes('/auth/'));
  assert.ok(leadOn.length >= 1);
  assert.equal(site.events.filter(({ name }) => name === 'oidc.signed_in').length, 1);
  assert.ok(codeOf(await openUntilService(browser, site, waiting.url)));
});

test('a known number and an unknown one get the same page', async (t) => {
  const site = await startSite(t);
  const pages = await Promise.all(
    [number, '99700000021'].map((typed) => ask(createCookieBrowser(), site, typed)),
  );
  const [known, unknown] = pages.map(({ url, text }) =>
    text
      .replaceAll(url.pathname, '')
      .replace(/class="number".*?<\/dd>/s, '')
      .replace(/"number">\d+/, '')
      .replace(/\/connexion\/[\w-]+/g, ''),
  );
  assert.equal(known, unknown);
});

test('a form from another site asks no phone', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }, {}]) {
    const body = new URLSearchParams({ identifiant: number });
    for (const path of ['e-cps', 'e-cps/demande', 'moyen'])
      assert.equal(
        (await browser.request(`${page.url}/${path}`, { method: 'POST', headers, body })).status,
        403,
      );
  }
  assert.deepEqual(site.phones.questions, []);
});

test('a browser that makes up its own name gets another one', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  await browser.jar.setCookie('wallet_browser=hers; Path=/', page.url.href);
  await submit(browser, site, page, `${page.url.pathname}/e-cps/demande`, { identifiant: number });
  const cookies = await browser.jar.getCookies(page.url.href);
  assert.match(cookies.find(({ key }) => key === 'wallet_browser')?.value ?? '', /^[a-z2-7]{32}$/);
});

test('what is typed and what the service hints at is shown as text', async (t) => {
  const site = await startSite(t);
  const markup = '"><script>alert(1)</script>';
  const page = await ask(createCookieBrowser(), site, markup);
  assert.equal(page.status, 422);
  assert.doesNotMatch(page.text, /<script>alert/);
  const hinted = await authorize(createCookieBrowser(), site, { login_hint: markup });
  assert.doesNotMatch(hinted.text, /<script>alert/);
});

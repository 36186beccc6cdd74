import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import { authorize, openUntilService, redeem, signIn, submit, type Tokens } from '../support/oidc-client.ts';
import {
  adeliNurse,
  type ProviderSite,
  rppsNurse,
  serviceId,
  startProviderSite,
} from '../support/provider-site.ts';

interface Two {
  site: ProviderSite;
  hers: CookieBrowser;
  his: CookieBrowser;
  /** Of his session. */
  tokens: Tokens;
}

/** She and a stranger, each signed in in a browser of their own. */
async function signTwoIn(t: TestContext): Promise<Two> {
  const site = await startProviderSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  await signIn(hers, site);
  site.card.answer = { verification: adeliNurse(site.clock) };
  const tokens = await redeem(site, await signIn(his, site));
  site.card.answer = { verification: rppsNurse(site.clock) };
  return { site, hers, his, tokens };
}

async function isSignedIn(browser: CookieBrowser, site: ProviderSite): Promise<boolean> {
  return (await authorize(browser, site, { prompt: 'none' })).url.searchParams.has('code');
}

const logoutAddress = (site: ProviderSite, query: Record<string, string> = {}) =>
  new URL(`${site.issuer}/protocol/openid-connect/logout?${new URLSearchParams(query)}`);

test('an address in a page elsewhere, opened as an image or a link, signs nobody out', async (t) => {
  const { site, hers } = await signTwoIn(t);
  for (const [url, destination] of [
    [logoutAddress(site), 'image'],
    [logoutAddress(site, { client_id: serviceId }), 'document'],
    [logoutAddress(site, { id_token_hint: '' }), 'iframe'],
    [new URL('/deconnexion', site.walletUrl), 'image'],
    [new URL('/deconnexion/terminee', site.walletUrl), 'document'],
  ] as const) {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': destination };
    await openUntilService(hers, site, url, { headers });
    assert.ok(await isSignedIn(hers, site), url.href);
  }
});

test("a stranger's hint, opened in her browser, ends the stranger's session and not hers", async (t) => {
  const { site, hers, his, tokens } = await signTwoIn(t);
  await openUntilService(hers, site, logoutAddress(site, { id_token_hint: tokens.id_token }));
  assert.ok(await isSignedIn(hers, site));
  assert.equal(await isSignedIn(his, site), false);
});

test('a hint whose session is gone ends no later one of the same person', async (t) => {
  const { site, his, tokens } = await signTwoIn(t);
  await openUntilService(his, site, logoutAddress(site, { id_token_hint: tokens.id_token }));
  site.card.answer = { verification: adeliNurse(site.clock) };
  await signIn(his, site);
  for (let time = 0; time < 2; time++)
    await fetch(logoutAddress(site, { id_token_hint: tokens.id_token }), { redirect: 'manual' });
  assert.ok(await isSignedIn(his, site));
});

test('what is no ID token of that very client ends nothing', async (t) => {
  const { site, his, tokens } = await signTwoIn(t);
  for (const query of [
    { id_token_hint: tokens.id_token, client_id: serviceId },
    { id_token_hint: tokens.refresh_token },
    { id_token_hint: tokens.access_token },
  ])
    assert.equal((await fetch(logoutAddress(site, query), { redirect: 'manual' })).status, 400);
  const twice = `${logoutAddress(site, { id_token_hint: tokens.id_token })}&id_token_hint=x`;
  assert.equal((await fetch(twice, { redirect: 'manual' })).status, 400);
  assert.ok(await isSignedIn(his, site));
});

test('a logout token is no hint, though the same key signed it for the same client', async (t) => {
  const site = await startProviderSite(t);
  const hers = createCookieBrowser();
  await signIn(hers, site, { clientId: serviceId, redirectUri: site.redirectUri });
  await submit(hers, site, await hers.open(new URL('/deconnexion', site.walletUrl)), '/deconnexion');
  const [id_token_hint] = site.logoutTokens;
  assert.ok(id_token_hint);
  assert.equal((await fetch(logoutAddress(site, { id_token_hint }), { redirect: 'manual' })).status, 400);
});

test('a sign-out that another site posts is refused, also where it carries her cookies', async (t) => {
  const { site, hers } = await signTwoIn(t);
  for (const origin of ['https://evil.example', 'null', site.connectUrl.origin])
    for (const from of ['cross-site', 'same-site'])
      assert.equal(
        (
          await hers.request(new URL('/deconnexion', site.walletUrl), {
            method: 'POST',
            headers: { origin, 'sec-fetch-site': from },
            body: new URLSearchParams({ client_id: serviceId }),
          })
        ).status,
        403,
      );
  assert.ok(await isSignedIn(hers, site));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { authorizationUrl, authorize, openUntilService, presentCard } from '../support/oidc-client.ts';
import { serviceId, startProviderSite } from '../support/provider-site.ts';

test('an address that the client did not register is never redirected to', async (t) => {
  const site = await startProviderSite(t);
  const addresses: [string | undefined, string][] = [
    [undefined, 'https://localhost/callback'],
    [undefined, 'http://localhost.evil.example/'],
    [undefined, 'http://localhost@evil.example/'],
    [undefined, 'http://localhost/#fragment'],
    [undefined, 'http://evil.example/localhost'],
    [undefined, 'javascript:alert(1)'],
    [undefined, 'http://user:pass@localhost/'],
    [undefined, 'http://localhost:80@evil.example/'],
    [undefined, 'http://localhost%40evil.example/'],
    [undefined, 'http://localhost%2eevil.example/'],
    [undefined, 'http://localhost\\@evil.example/'],
    [undefined, 'http://evil.example\\@localhost/'],
    [undefined, 'http:\\\\localhost/'],
    [undefined, 'http:localhost/'],
    [undefined, 'http://localhost./'],
    [undefined, 'http://127.1/'],
    [undefined, 'http://2130706433/'],
    [undefined, 'http://0x7f000001/'],
    [undefined, 'http://0177.0.0.1/'],
    [undefined, 'http://0.0.0.0/'],
    [undefined, 'http://[::ffff:127.0.0.1]/'],
    [undefined, 'http://[0:0:0:0:0:0:0:1]/'],
    [undefined, 'http://[::1].evil.example/'],
    [undefined, 'http://localhost:99999/'],
    [undefined, 'http://localhost/\r\nLocation: http://evil.example/'],
    [undefined, 'http://localhost/\t'],
    [undefined, ' http://localhost/'],
    [undefined, 'http://ｌocalhost/'],
    [undefined, '//localhost/'],
    [undefined, '/callback'],
    [undefined, 'data:text/html,x'],
    [serviceId, site.redirectUri.toUpperCase()],
    [serviceId, site.redirectUri.replace('http:', 'https:')],
    [serviceId, site.redirectUri.replace('localhost', 'localhost.')],
    [serviceId, site.redirectUri.replace('localhost', 'service@localhost')],
    [serviceId, site.redirectUri.replace('localhost', '[::1]')],
    [serviceId, site.redirectUri.replace('localhost', '2130706433')],
    [serviceId, site.redirectUri.replace('/callback', '/callback/../other')],
    [serviceId, site.redirectUri.replace('/callback', '/other/../callback')],
    [serviceId, site.redirectUri.replace('/callback', '/%63allback')],
    [serviceId, site.redirectUri.replace('/callback', '//callback')],
    [serviceId, site.redirectUri.replace('/callback', '\\callback')],
    [serviceId, `${site.redirectUri}#fragment`],
    [serviceId, `${site.redirectUri}%00`],
    [serviceId, `${site.redirectUri} `],
    [serviceId, `${site.redirectUri};x`],
    [serviceId, new URL('/', site.redirectUri).href],
    [serviceId, 'http://localhost:1/callback'],
    [serviceId, `${site.redirectUri}/`],
    [serviceId, `${site.redirectUri}?x=1`],
    [serviceId, site.redirectUri.replace('localhost', '127.0.0.1')],
  ];
  for (const [clientId, redirectUri] of addresses) {
    const url = authorizationUrl(site, { ...(clientId ? { clientId } : {}), redirectUri });
    const response = await fetch(url, { redirect: 'manual' });
    assert.equal(response.status, 400, redirectUri);
    assert.equal(response.headers.get('location'), null);
    assert.match(await response.text(), /invalid_redirect_uri/);
  }
});

test('two addresses in one request are none', async (t) => {
  const site = await startProviderSite(t);
  const url = authorizationUrl(site);
  url.searchParams.append('redirect_uri', 'http://evil.example/');
  const response = await fetch(url, { redirect: 'manual' });
  assert.deepEqual([response.status, response.headers.get('location')], [400, null]);
});

test('an error page is ours: styled, framed by nobody, and it escapes what it was sent', async (t) => {
  const site = await startProviderSite(t);
  const response = await fetch(authorizationUrl(site, { clientId: '<script>alert(1)</script>' }));
  assert.equal(response.status, 400);
  const text = await response.text();
  assert.match(text, /lang="fr"/);
  assert.match(text, /invalid_client/);
  assert.doesNotMatch(text, /<script>alert/);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /form-action 'self'/);
});

test('the return from a sign-in for wallet stays on wallet', async (t) => {
  const site = await startProviderSite(t);
  for (const state of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '',
  ]) {
    const url = new URL('/session/retour', site.walletUrl);
    url.searchParams.set('state', state);
    const response = await fetch(url, { redirect: 'manual' });
    const location = new URL(response.headers.get('location') ?? '', site.walletUrl);
    assert.equal(location.origin, site.walletUrl.origin, state);
  }
});

test('a refused sign-in for wallet does not loop', async (t) => {
  const site = await startProviderSite(t);
  const page = await createCookieBrowser().open(
    new URL('/session/retour?error=access_denied&state=/page', site.walletUrl),
  );
  assert.equal(page.status, 403);
  assert.match(page.text, /\/auth\?client_id=hygie-wallet/);
});

test('sign-out on wallet goes only where the service registered, and takes a click', async (t) => {
  const site = await startProviderSite(t);
  const browser = createCookieBrowser();
  await presentCard(browser, site, await authorize(browser, site));
  const query = `client_id=${serviceId}&post_logout_redirect_uri=https://evil.example/`;
  const page = await openUntilService(browser, site, new URL(`/deconnexion?${query}`, site.walletUrl));
  assert.equal(page.status, 400);
  const crossSite = await browser.request(new URL('/deconnexion', site.walletUrl), {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams(),
  });
  assert.equal(crossSite.status, 403);
  const still = await authorize(browser, site, { prompt: 'none' });
  assert.ok(still.url.searchParams.get('code'));
});

test('hosts and proxies that a request names change no address', async (t) => {
  const site = await startProviderSite(t);
  const response = await fetch(`${site.issuer}/.well-known/openid-configuration`, {
    headers: {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    },
  });
  assert.doesNotMatch(await response.text(), /evil/);
  const page = await createCookieBrowser().request(authorizationUrl(site), {
    headers: { 'x-forwarded-host': 'evil.example' },
  });
  assert.equal(new URL(page.headers.get('location') ?? '').origin, site.walletUrl.origin);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
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

test('no page can be put into a frame of another, and no form of ours goes elsewhere', async (t) => {
  const { urls } = await startTestServer(t);
  for (const url of [urls.portal, `${urls.wallet}/nulle-part`, urls.sandbox, urls.directory, urls.connect]) {
    const { headers } = await fetch(url);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "frame-ancestors 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "default-src 'none'",
    ])
      assert.ok(policy.includes(rule), `${url} ${rule}`);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', url);
    assert.equal(headers.get('referrer-policy'), 'same-origin', url);
  }
});

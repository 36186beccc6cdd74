import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { headingOf, openChoice, press, readable, textOf } from '../support/http-walk.ts';
import { hrefOf } from '../support/named-controls.ts';
import { startTestServer } from '../support/start-test-server.ts';

test('English chosen on the portal goes along to the wallet, back, and to the repair page', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  const choice = await openChoice(browser, urls, '?lang=en');
  assert.equal(choice.url.origin, urls.wallet);
  assert.equal(headingOf(choice), 'How do you want to sign in?');
  assert.match(choice.text, /<html lang="en"/);

  const reader = await press(browser, choice, '/carte');
  assert.equal(headingOf(reader), 'Which card do you put into the reader?');
  const inserted = await press(browser, reader, '/carte', { persona: 'infirmiere-adeli' });
  const page = await press(browser, inserted, '/code', { code: '1234' });
  assert.equal(headingOf(page), 'No place of practice');
  assert.match(textOf(page, 'national-id'), /^ADELI number \d{9}$/);
  assert.equal(headingOf(await browser.open(new URL('/reparation', urls.wallet))), 'Repair my sign-in');

  const out = await press(browser, page, '/deconnexion');
  assert.equal(headingOf(out), 'Your session is closed');
});

test('each listener remembers its own language, in a cookie of its own', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  await openChoice(browser, urls, '?lang=en');
  const names = (await browser.jar.getCookies(urls.portal)).map(({ key }) => key);
  assert.ok(names.includes('portal_lang') && names.includes('wallet_lang'));
  assert.ok(!names.includes('sandbox_lang') && !names.some((name) => name.startsWith('connect')));
  assert.match(readable((await browser.open(urls.portal)).text), /Find your places of practice/);
  assert.match(readable((await browser.open(urls.sandbox)).text), /Qui êtes-vous/);
});

test('English chosen on the sandbox’s home goes along to the portal', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  await browser.open(new URL('/?lang=en', urls.sandbox));
  assert.match(
    readable((await browser.open(new URL('/portail', urls.sandbox))).text),
    /Find your places of practice/,
  );
});

test('signed out on the wallet, there is a link to where one began', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  const page = await browser.open(new URL('/deconnexion/terminee', urls.wallet));
  const href = hrefOf(page, 'Aller à Mes lieux d’exercice');
  assert.equal(new URL(href ?? '').origin, urls.portal);
});

test('the language of a browser is not asked: French, unless somebody chooses', async (t) => {
  const { urls } = await startTestServer(t);
  for (const url of [urls.portal, urls.sandbox, urls.directory]) {
    const response = await fetch(url, { headers: { 'accept-language': 'en-GB,en' } });
    assert.match(await response.text(), /<html lang="fr"/, url);
  }
});

test('French chosen on the wallet after English from the portal wins for the rest of the sign-in', async (t) => {
  const { urls } = await startTestServer(t);
  const browser = createCookieBrowser();
  const choice = await openChoice(browser, urls, '?lang=en');
  const french = /<a href="([^"]+)" lang="fr"/.exec(choice.text)?.[1]?.replaceAll('&amp;', '&');
  const again = await browser.open(new URL(french ?? '', choice.url));
  assert.equal(headingOf(again), 'Comment voulez-vous vous connecter ?');
  const reader = await press(browser, again, '/carte');
  const inserted = await press(browser, reader, '/carte', { persona: 'infirmier-carte-expiree' });
  const failed = await press(browser, inserted, '/code', { code: '1234' });
  assert.equal(headingOf(failed), "Votre carte n'a pas été reconnue");
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rpps } from '#national-id';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { nurse } from '../support/ecps-site.ts';
import { headingOf, readable } from '../support/http-walk.ts';
import { hrefOf, pressNamed } from '../support/named-controls.ts';
import {
  askForCodes,
  cardOf,
  formerNumber,
  openRemovalSite,
  type RemovalSite,
  typeCodes,
  typeNumber,
} from '../support/removal-site.ts';
import { handOver } from '../support/test-phone.ts';

const removed = 'Votre e-CPS a été supprimée';
const number = nurse.nationalId.value;

const post = (site: RemovalSite, cookie: string, path: string, headers: Record<string, string>) =>
  fetch(new URL(path, site.walletUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, ...headers },
    body: new URLSearchParams({ 'code-mail': '000000', 'code-sms': '000000' }),
  });

test('codes are good in the browser that asked for them, and there alone', async (t) => {
  const site = await openRemovalSite(t);
  const { phone } = await handOver(site);
  const hers = await askForCodes(site);
  const stranger = await askForCodes(site);
  const tried = await typeCodes(stranger.browser, stranger.page, hers.message.codes);
  assert.match(readable(tried.text), /Ce code n’est pas le bon/);
  const nobody = await typeCodes(createCookieBrowser(), hers.page, hers.message.codes);
  assert.equal(nobody.status, 410);
  assert.equal((await phone.listCredentials()).length, 1);
  assert.equal(headingOf(await typeCodes(hers.browser, hers.page, hers.message.codes)), removed);
});

test('one code in both boxes, or the two exchanged, proves nothing', async (t) => {
  const site = await openRemovalSite(t);
  const { phone } = await handOver(site);
  const { browser, page, message } = await askForCodes(site);
  const { mail, sms } = message.codes;
  for (const codes of [
    { mail, sms: mail },
    { mail: sms, sms },
    { mail: sms, sms: mail },
  ])
    assert.equal((await typeCodes(browser, page, codes)).status, 422);
  assert.equal((await phone.listCredentials()).length, 1);
});

test('a code of a reader is good for the removal that it was made for, once', async (t) => {
  const site = await openRemovalSite(t);
  const { phone } = await handOver(site);
  const stranger = await typeNumber(site, number);
  // The owner is led to the reader by the stranger, and comes back in her own browser.
  const address = await stranger.browser.request(new URL('/mot-de-passe-oublie/carte', site.walletUrl), {
    method: 'POST',
    headers: { origin: site.walletUrl.origin, 'sec-fetch-site': 'same-origin' },
  });
  const back = /url=([^"]+)"/.exec(await address.text())?.[1] ?? '';
  const hers = await typeNumber(site, number);
  const page = await hers.browser.open(back);
  assert.equal(headingOf(page), 'Prouvez que cette e-CPS est la vôtre');
  assert.equal((await createCookieBrowser().open(back)).status, 410);
  assert.equal((await phone.listCredentials()).length, 1);
  await stranger.browser.open(back);
  assert.deepEqual(await phone.listCredentials(), []);
  await handOver(site);
  const again = await typeNumber(site, number);
  await again.browser.open(back);
  assert.equal(headingOf(await again.browser.open(again.page.url)), 'Prouvez que cette e-CPS est la vôtre');
});

test('a card of somebody else, or whose link does not agree, removes nothing', async (t) => {
  const site = await openRemovalSite(t);
  const { phone } = await handOver(site);
  site.adeliLinks.set(formerNumber.value, number);
  for (const changes of [
    { nationalId: rpps('99700014253') },
    { nationalId: formerNumber, familyName: 'Lefèvre' },
    { nationalId: formerNumber, profession: '10' },
    { nationalId: { kind: 'finessEmployee', value: '990000001/1' } as const },
  ]) {
    site.card.answer = { verification: cardOf(site, changes) };
    const { browser, page } = await typeNumber(site, number);
    const answer = await pressNamed(browser, page, 'Carte CPS');
    assert.match(readable(answer.text), /Rien n’a été supprimé/);
  }
  assert.equal((await phone.listCredentials()).length, 1);
});

test('forms of other sites neither ask for codes nor use up tries', async (t) => {
  const site = await openRemovalSite(t);
  const { browser } = await askForCodes(site);
  const cookie = await browser.jar.getCookieString(site.walletUrl.href);
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost:1' },
  ];
  for (const path of ['codes', 'suppression', 'carte'])
    for (const headers of foreign) {
      const { status } = await post(site, cookie, `/mot-de-passe-oublie/${path}`, headers);
      assert.equal(status, 403, path);
    }
  assert.equal(site.removalCodes.length, 1);
  assert.ok(!site.eventNames().includes('removal_codes_failed'));
});

test('the way back leads to a page of wallet and nowhere else', async (t) => {
  const site = await openRemovalSite(t);
  const back = async (retour: string) => {
    const url = new URL('/mot-de-passe-oublie', site.walletUrl);
    url.searchParams.set('retour', retour);
    return hrefOf(await createCookieBrowser().open(url), 'Revenir où j’en étais');
  };
  assert.equal(await back('/connexion/abc'), '/connexion/abc');
  for (const elsewhere of ['https://example.org/', '//example.org/', '/\\example.org', 'javascript:alert(1)'])
    assert.equal(await back(elsewhere), undefined, elsewhere);
});

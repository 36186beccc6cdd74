import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { adeli } from '#national-id';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import {
  nurse,
  openRepairSite,
  portal,
  type RepairSite,
  sessionOf,
  verifyCard,
} from '../support/repair-site.ts';

const own = ({ url }: RepairSite): URL => new URL('/reparation', url);
const isSignIn = ({ url }: Page): boolean => url.pathname === '/connexion';
const idOf = ({ url }: Page): string => url.pathname.split('/')[2] ?? '';

async function openTicket(
  site: RepairSite,
): Promise<{ browser: CookieBrowser; ticket: Page; cookie: string }> {
  const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
  const ticket = await browser.open(own(site));
  const cookies = await browser.jar.getCookies(site.url.href);
  return { browser, ticket, cookie: cookies.find(({ key }) => key === 'wallet_repair')?.value ?? '' };
}

async function openWith(site: RepairSite, cookie: string, path: string): Promise<Page> {
  const thief = createCookieBrowser();
  await thief.jar.setCookie(`wallet_repair=${cookie}`, site.url.href);
  return thief.open(new URL(path, site.url));
}

test('the address of a ticket proves nothing, on none of its pages', async (t) => {
  const site = await openRepairSite(t);
  const { ticket } = await openTicket(site);
  const stranger = createCookieBrowser();
  for (const page of ['', '/telephone', '/carte', '/mail', '/e-cps']) {
    const answer = await stranger.open(new URL(ticket.url.pathname + page, site.url));
    assert.ok(isSignIn(answer), page);
  }
  for (const page of ['/mail', '/retour'])
    assert.ok(isSignIn(await stranger.submit(site.url, ticket.url.pathname + page)), page);
  const state = await stranger.request(new URL(`${ticket.url.pathname}/state?vu=none.`, site.url));
  assert.deepEqual([state.status, await state.json()], [404, { pending: false }]);
  assert.equal(site.enrolments.size, 0);
});

test('a cookie that was made up, shortened, or made for another ticket opens nothing', async (t) => {
  const site = await openRepairSite(t);
  const { ticket, cookie } = await openTicket(site);
  site.endSession('sid1');
  const other = await site.openBrowser(sessionOf('sid2', verifyCard(site.clock)));
  const second = await other.open(own(site));
  const id = idOf(ticket);
  const [, seal = ''] = cookie.split('.');
  const guess = createHmac('sha256', '').update(id).digest('base64url');
  const forged = [id, `${id}.`, `${id}.${guess}`, `${id}.${seal.slice(0, -1)}`, `${id}.${seal}A`, `.${seal}`];
  for (const value of forged) assert.ok(isSignIn(await openWith(site, value, ticket.url.pathname)), value);
  assert.ok(isSignIn(await openWith(site, `${idOf(second)}.${seal}`, second.url.pathname)));
  for (const path of [ticket.url.pathname, second.url.pathname])
    assert.equal((await openWith(site, cookie, path)).url.pathname, ticket.url.pathname, 'its own alone');
});

test('a session opens its own tickets alone, whatever service is named', async (t) => {
  const site = await openRepairSite(t);
  const { ticket } = await openTicket(site);
  const other = verifyCard(site.clock, { nationalId: adeli('996123451') });
  const browser = await site.openBrowser(sessionOf('sid2', other));
  const page = await browser.open(ticket.url);
  assert.notEqual(page.url.pathname, ticket.url.pathname);
  const neverUsed = await site.repair.claim(other, { sid: 'sid2', clientId: 'a service she never used' });
  const answer = await browser.open(new URL(new URL(neverUsed.uri).pathname, site.url));
  assert.equal(answer.url.pathname, page.url.pathname);
});

test('a ticket left in a browser does not open for the next person who signs in there', async (t) => {
  const site = await openRepairSite(t);
  const { ticket, cookie } = await openTicket(site);
  site.endSession('sid1');
  const next = verifyCard(site.clock, { nationalId: adeli('996123451') });
  const browser = await site.openBrowser(sessionOf('sid2', next));
  await browser.jar.setCookie(`wallet_repair=${cookie}`, site.url.href);
  const page = await browser.open(ticket.url);
  assert.notEqual(page.url.pathname, ticket.url.pathname);
  assert.equal(site.enrolments.size, 0);
});

test('an e-CPS vouches for no phone, however fresh', async (t) => {
  const site = await openRepairSite(t);
  const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock, { method: 'ecps' })));
  const ticket = await browser.open(own(site));
  const answer = await browser.open(new URL(`${ticket.url.pathname}/telephone`, site.url));
  assert.equal(answer.url.searchParams.get('card'), 'true');
  assert.equal(site.enrolments.size, 0);
});

test('a page on another site ends no session and chooses no way', async (t) => {
  const site = await openRepairSite(t);
  const { browser, ticket } = await openTicket(site);
  site.ecps.state = 'active';
  const link = new URL(`${ticket.url.pathname}/e-cps`, site.url);
  for (const from of ['cross-site', 'same-site', 'none']) {
    await browser.open(link, { headers: { 'sec-fetch-site': from } });
    assert.deepEqual(site.ended, []);
  }
  for (const page of ['/mail', '/retour']) {
    const answer = await browser.request(new URL(ticket.url.pathname + page, site.url), {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    });
    assert.equal(answer.status, 403, page);
  }
});

test('what a page tells a poll holds no number, name or address', async (t) => {
  const site = await openRepairSite(t);
  const { browser, ticket } = await openTicket(site);
  const state = await browser.request(new URL(`${ticket.url.pathname}/state?vu=none.`, site.url));
  assert.deepEqual(await state.json(), { pending: true });
  const { uri } = await site.repair.claim(verifyCard(site.clock), { sid: 'sid1', clientId: portal.clientId });
  for (const secret of ['sid1', nurse.adeli, nurse.rpps, portal.clientId]) assert.ok(!uri.includes(secret));
});

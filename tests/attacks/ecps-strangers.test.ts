import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { headingOf, openChoice, press, textOf } from '../support/http-walk.ts';
import { activateByCard, approve } from '../support/repair-walk.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { type ActivePhone, handOver, password, shownApproval } from '../support/test-phone.ts';

const minuteMs = 60_000;

/** She signs in once with the browser of this name, which is then one of hers. */
async function openHers(site: EcpsSite, browserHash: string): Promise<ActivePhone> {
  const holder = await handOver(site);
  const asked = await site.ask({ browserHash });
  assert.ok(asked.outcome === 'pending');
  const { id, number } = asked.approval;
  await holder.phone.approve(holder.stored, await shownApproval(holder), { number, password });
  assert.ok(await site.authenticator.consumeApproval({ id, signInId: 'sign-in' }));
  return holder;
}

test('strangers’ three open questions end hers never, nor keep her own browser out', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await openHers(site, 'her browser');
  const outcomes: string[] = [];
  for (let n = 0; n < 5; n++) outcomes.push((await site.ask({ browserHash: `stranger ${n}` })).outcome);
  assert.deepEqual(outcomes, ['pending', 'pending', 'pending', 'limited', 'limited']);
  const hers = await site.ask({ browserHash: 'her browser', signInId: 'hers' });
  assert.ok(hers.outcome === 'pending');
  assert.equal((await site.ask({ browserHash: 'stranger 5' })).outcome, 'limited');
  const shown = (await holder.phone.watch({ waitSeconds: 0 })).approvals.find(
    ({ id }) => id === hers.approval.id,
  );
  assert.ok(shown);
  await holder.phone.approve(holder.stored, shown, { number: hers.approval.number, password });
  assert.ok(await site.authenticator.consumeApproval({ id: hers.approval.id, signInId: 'hers' }));
});

test('a browser at its own limit takes nothing of what others may ask the same person', async (t) => {
  const site = await openEcpsSite(t);
  await handOver(site);
  const outcomes: string[] = [];
  for (let n = 0; n < 45; n++) outcomes.push((await site.ask({ browserHash: 'stranger' })).outcome);
  assert.equal(outcomes.filter((outcome) => outcome === 'pending').length, 20);
  assert.equal((await site.ask({ browserHash: 'a new browser of hers' })).outcome, 'pending');
});

test('three unanswered questions leave only her own browsers for ten minutes', async (t) => {
  const site = await openEcpsSite(t);
  await openHers(site, 'her browser');
  for (let n = 1; n <= 3; n++) {
    assert.equal((await site.ask({ browserHash: `stranger ${n}` })).outcome, 'pending');
    site.clock.setAhead(n * 2 * minuteMs);
  }
  const refused = await site.ask({ browserHash: 'stranger 4' });
  assert.ok(refused.outcome === 'limited');
  assert.ok(refused.until <= site.clock.now() + 10 * minuteMs);
  assert.equal((await site.ask({ browserHash: 'her browser' })).outcome, 'pending');
  site.clock.setAhead(18 * minuteMs);
  assert.equal((await site.ask({ browserHash: 'stranger 5' })).outcome, 'pending');
});

test('“not me” keeps that browser from asking anybody for an hour', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  await site.ask({ browserHash: 'stranger' });
  await holder.phone.refuse((await shownApproval(holder)).id, holder.stored.id, 'not_me');
  for (const identifier of [nurse.nationalId.value, '99700014253'])
    assert.equal((await site.ask({ browserHash: 'stranger', identifier })).outcome, 'blocked');
  assert.equal((await site.ask({ browserHash: 'her browser' })).outcome, 'pending');
  site.clock.setAhead(60 * minuteMs);
  assert.equal((await site.ask({ browserHash: 'stranger' })).outcome, 'pending');
});

test('one browser cannot ring a phone without end by asking anew', async (t) => {
  const site = await openEcpsSite(t);
  await handOver(site);
  const outcomes: string[] = [];
  for (let n = 0; n < 25; n++) outcomes.push((await site.ask()).outcome);
  assert.equal(outcomes.filter((outcome) => outcome === 'pending').length, 20);
});

test('strangers who ask without end do not keep her own browser out', async (t) => {
  const site = await openEcpsSite(t);
  await openHers(site, 'her browser');
  const ask = async (browserHash: string) =>
    (await site.ask({ browserHash, address: `of ${browserHash}` })).outcome;
  const outcomes: string[] = [];
  for (let n = 0; n < 38; n++) outcomes.push(await ask(`stranger ${n % 2}`));
  assert.equal(outcomes.filter((outcome) => outcome === 'pending').length, 29);
  assert.equal(await ask('stranger 3'), 'limited');
  assert.equal(await ask('her browser'), 'pending');
});

test('nobody without the phone makes a count move, or locks her out', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  for (let n = 0; n < 3; n++) await site.ask({ browserHash: `stranger ${n}` });
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
  const [credential] = await holder.phone.listCredentials();
  assert.equal(credential?.password.failures, 0);
  assert.equal(credential?.password.lockedUntil, null);
});

test('over HTTP: strangers ask in browsers of their own, and she signs in beside them', async (t) => {
  const server = await startTestServer(t);
  const holder = await activateByCard(server, 'infirmiere-adeli');
  const { value } = holder.credential.nationalId;
  const ask = async (browser: CookieBrowser) =>
    askPhone(browser, await openChoice(browser, server.urls), value);
  const hers = createCookieBrowser();
  await approve(hers, await ask(hers), holder);
  await press(hers, await hers.open(new URL('/professionnel/lieux', server.urls.portal)), '/deconnexion');

  const strangers = Array.from({ length: 5 }, createCookieBrowser);
  const pages: Page[] = [];
  for (const browser of strangers) pages.push(await ask(browser));
  assert.deepEqual(
    pages.map((page) => textOf(page, 'number') !== ''),
    [true, true, true, false, false],
  );
  for (const page of pages.slice(3)) assert.match(headingOf(page), /attendez jusqu’à/);
  const waiting = await ask(hers);
  const { approvals } = await holder.phone.watch({ waitSeconds: 0 });
  assert.equal(approvals.length, 4);
  const mine = approvals.at(-1);
  assert.ok(mine);
  await holder.phone.approve(holder.stored, mine, { number: Number(textOf(waiting, 'number')), password });
  assert.equal(headingOf(await waitForPhone(hers, waiting)), "Mes lieux d'exercice");
  for (const [index, page] of pages.slice(0, 3).entries()) {
    const again = await strangers[index]?.open(page.url);
    assert.equal(again && textOf(again, 'number'), textOf(page, 'number'), 'theirs wait on');
  }
});

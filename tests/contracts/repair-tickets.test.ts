import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rpps } from '#national-id';
import type { RepairTables } from '../../src/repair/migrations.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { forEachEngine } from '../support/databases.ts';
import { headingOf, readable } from '../support/http-walk.ts';
import { hrefOf, pressNamed } from '../support/named-controls.ts';
import {
  closedService,
  nurse,
  openRepairSite,
  portal,
  type RepairSite,
  sessionOf,
  underRpps,
  verifyCard,
} from '../support/repair-site.ts';

const minuteMs = 60_000;
const own = ({ url }: RepairSite): URL => new URL('/reparation', url);
const pass = ({ clock }: RepairSite, ms: number) => clock.setAhead(clock.aheadMs + ms);
const isSignIn = ({ url }: Page): boolean => url.pathname === '/connexion';
const eventNames = ({ events }: RepairSite): string[] => events.map(({ name }) => name);
const cookieOf = async (browser: CookieBrowser, { url }: RepairSite) =>
  (await browser.jar.getCookies(url.href)).find(({ key }) => key === 'wallet_repair')?.value;

/** The enrolment behind the code that a page shows; `undefined` where it shows none. */
function enrolmentOf(page: Page): string | undefined {
  return /#c\.(\w+)\./.exec(hrefOf(page, 'Ouvrir sur ce téléphone') ?? '')?.[1];
}

const openCode = (browser: CookieBrowser, ticket: Page) =>
  browser.open(new URL(`${ticket.url.pathname}/telephone`, ticket.url));

forEachEngine((engine) => {
  test('tabs that open a ticket at the same time open one, with one cookie', async (t) => {
    const site = await openRepairSite(t, engine);
    const session = sessionOf('sid1', verifyCard(site.clock));
    const browsers = await Promise.all(Array.from({ length: 5 }, () => site.openBrowser(session)));
    const pages = await Promise.all(browsers.map((browser) => browser.open(own(site))));
    assert.equal(new Set(pages.map(({ url }) => url.href)).size, 1);
    const cookies = await Promise.all(browsers.map((browser) => cookieOf(browser, site)));
    assert.equal(new Set(cookies).size, 1);
    assert.ok(cookies[0]);
    assert.deepEqual(eventNames(site), ['repair.ticket_opened']);
  });

  test('requests at the same time for the code of one card lead to one enrolment', async (t) => {
    const site = await openRepairSite(t, engine);
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    const ticket = await browser.open(own(site));
    const pages = await Promise.all(Array.from({ length: 6 }, () => openCode(browser, ticket)));
    assert.deepEqual([...site.enrolments.keys()], [enrolmentOf(pages[0] as Page)]);
    for (const page of pages) assert.equal(enrolmentOf(page), enrolmentOf(pages[0] as Page));
    assert.deepEqual(site.used, [nurse.adeli]);
    assert.equal(site.notices.length, 1);
  });

  test('one card vouches once, whichever of two repairs of its session asks first', async (t) => {
    const site = await openRepairSite(t, engine);
    const other = { ...portal, clientId: 'other' };
    const session = sessionOf('sid1', verifyCard(site.clock), [portal, other]);
    const browser = await site.openBrowser(session);
    const addresses = await Promise.all(
      [portal, other].map(async ({ clientId }) => {
        const { uri } = await site.repair.claim(session.verification, { sid: session.uid, clientId });
        return new URL(`${new URL(uri).pathname}/telephone`, site.url);
      }),
    );
    const pages = await Promise.all(addresses.map((address) => browser.open(address)));
    assert.equal(site.enrolments.size, 1);
    assert.deepEqual(pages.map(isSignIn).sort(), [false, true]);
    assert.equal(pages.find(isSignIn)?.url.searchParams.get('card'), 'true');
  });

  test('a card is good for a code for five minutes, not longer', async (t) => {
    const site = await openRepairSite(t, engine);
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    const ticket = await browser.open(own(site));
    pass(site, 5 * minuteMs);
    assert.ok(isSignIn(await openCode(browser, ticket)));
    await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    assert.ok(enrolmentOf(await openCode(browser, ticket)));
  });

  test('a code that a phone took is replaced only by another reading of the card', async (t) => {
    const site = await openRepairSite(t, engine);
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    const ticket = await browser.open(own(site));
    const first = enrolmentOf(await openCode(browser, ticket)) ?? '';
    site.enrolments.set(first, 'redeemed');
    assert.equal(headingOf(await openCode(browser, ticket)), 'Continuez sur votre téléphone');
    site.enrolments.set(first, 'ended');
    assert.ok(isSignIn(await openCode(browser, ticket)));
    pass(site, 1000);
    await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    assert.notEqual(enrolmentOf(await openCode(browser, ticket)), first);
  });

  test('a link whose conditions no longer hold gives no code, not even one that was shown', async (t) => {
    const site = await openRepairSite(t, engine);
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    const ticket = await browser.open(own(site));
    site.link.rpps = null;
    assert.equal((await openCode(browser, ticket)).url.href, ticket.url.href);
    assert.equal(site.enrolments.size, 0);
    site.link.rpps = nurse.rpps;
    assert.ok(enrolmentOf(await openCode(browser, ticket)));
    site.link.rpps = null;
    const page = await openCode(browser, ticket);
    assert.equal(enrolmentOf(page), undefined);
    assert.match(readable(page.text), /Une personne doit trancher/);
  });

  test('a ticket outlives its session by thirty minutes from the last time that the session opened it', async (t) => {
    const site = await openRepairSite(t, engine);
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    const ticket = await browser.open(own(site));
    pass(site, 20 * minuteMs);
    await browser.open(ticket.url);
    site.endSession('sid1');
    pass(site, 29 * minuteMs);
    assert.equal((await browser.open(ticket.url)).url.href, ticket.url.href);
    assert.equal((await browser.open(own(site))).url.href, ticket.url.href);
    pass(site, minuteMs);
    assert.ok(isSignIn(await browser.open(ticket.url)));
  });

  test('a ticket that ended and is opened again does not open for its old cookie', async (t) => {
    const site = await openRepairSite(t, engine);
    const session = sessionOf('sid1', verifyCard(site.clock));
    const browser = await site.openBrowser(session);
    const ticket = await browser.open(own(site));
    const old = await cookieOf(browser, site);
    await site.database.write((unit) => site.repair.endBySession(unit, 'sid1'));
    pass(site, 1);
    await browser.open(ticket.url);
    const stranger = createCookieBrowser();
    await stranger.jar.setCookie(`wallet_repair=${old}`, site.url.href);
    assert.ok(isSignIn(await stranger.open(ticket.url)));
  });

  test('a sign-in under the RPPS number ends the tickets that lead to it, and no others', async (t) => {
    const site = await openRepairSite(t, engine);
    const first = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    const second = await site.openBrowser(sessionOf('sid2', verifyCard(site.clock)));
    const tickets = [await first.open(own(site)), await second.open(own(site))] as const;
    site.endSession('sid1');
    site.endSession('sid2');
    const other = { ...underRpps(site.clock), nationalId: rpps('99700000021') };
    for (const verification of [other, verifyCard(site.clock)])
      await site.database.write((unit) => site.repair.endBySignIn(unit, verification));
    assert.equal((await first.open(tickets[0].url)).url.href, tickets[0].url.href);
    await site.database.write((unit) => site.repair.endBySignIn(unit, underRpps(site.clock)));
    assert.ok(isSignIn(await first.open(tickets[0].url)));
    assert.ok(isSignIn(await second.open(tickets[1].url)));
  });

  test('the repair of a person is found under either number, with the way back', async (t) => {
    const site = await openRepairSite(t, engine);
    const session = sessionOf('sid1', verifyCard(site.clock));
    const browser = await site.openBrowser(session);
    assert.equal(await site.repair.findOpen(session.verification.nationalId), undefined);
    await browser.open(own(site));
    const expected = { rpps: nurse.rpps, returnUrl: `${portal.url}&login_hint=8${nurse.rpps}` };
    assert.deepEqual(await site.repair.findOpen(session.verification.nationalId), expected);
    assert.deepEqual(await site.repair.findOpen(rpps(nurse.rpps)), expected);
    pass(site, 31 * minuteMs);
    assert.equal(await site.repair.findOpen(rpps(nurse.rpps)), undefined);
  });

  test('once the e-CPS is active the session ends and the service begins; without an address a page says so', async (t) => {
    const site = await openRepairSite(t, engine);
    for (const [uid, service] of [
      ['sid1', portal],
      ['sid2', closedService],
    ] as const) {
      site.ecps.state = 'none';
      const session = sessionOf(uid, verifyCard(site.clock, { verifiedAt: site.clock.now() }), [service]);
      const browser = await site.openBrowser(session);
      const { uri } = await site.repair.claim(session.verification, { sid: uid, clientId: service.clientId });
      const ticket = await browser.open(new URL(new URL(uri).pathname, site.url));
      const code = await openCode(browser, ticket);
      pass(site, 1000);
      site.ecps.state = 'active';
      const answer = await browser.request(code.url);
      assert.equal(site.ended.at(-1), uid);
      if (service.url) {
        assert.equal(answer.headers.get('location'), `${service.url}&login_hint=8${nurse.rpps}`);
      } else {
        assert.match(readable(await answer.text()), /Vous pouvez fermer cette page\. Retournez à Dossiers/);
        const closing = await pressNamed(browser, ticket, 'Revenir au service');
        assert.match(closing.text, /Dossiers &lt;b&gt;&amp;&lt;\/b&gt; soins/);
      }
    }
  });

  test('what has expired is swept, and nothing else', async (t) => {
    const site = await openRepairSite(t, engine);
    const rows = async () => {
      const db = site.database.as<RepairTables>();
      const tickets = await db.selectFrom('repair_ticket').selectAll().execute();
      return [tickets.length, (await db.selectFrom('repair_card_use').selectAll().execute()).length];
    };
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    await openCode(browser, await browser.open(own(site)));
    await site.repair.sweep();
    assert.deepEqual(await rows(), [1, 1]);
    pass(site, 5 * minuteMs);
    await site.repair.sweep();
    assert.deepEqual(await rows(), [1, 0]);
    pass(site, 25 * minuteMs);
    await site.repair.sweep();
    assert.deepEqual(await rows(), [0, 0]);
  });

  test('a notice goes to the record’s contacts, and to nobody where it has none', async (t) => {
    const site = await openRepairSite(t, engine);
    site.contacts.phone = null;
    const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
    await openCode(browser, await browser.open(own(site)));
    const [notice] = site.notices;
    assert.deepEqual(notice?.recipient, { email: 'jeanne@example.fr', phone: null, locale: 'fr' });
    assert.deepEqual([notice?.adeli, notice?.rpps], [nurse.adeli, nurse.rpps]);
  });
});

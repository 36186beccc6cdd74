import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '#platform/database/database.ts';
import { blindPassword } from '../../src/authenticator/phone/password-oprf.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';
import { ecpsMigrations, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { pressNamed } from '../support/named-controls.ts';
import { askForCodes, openRemovalSite } from '../support/removal-site.ts';
import {
  activateByMail,
  callsOf,
  codesOf,
  count,
  handOver,
  lastToken,
  openPhone,
  password,
  proveByMail,
  shownApproval,
} from '../support/test-phone.ts';

const minuteMs = 60_000;
const many = Array.from({ length: 8 }, (_, index) => index);

forEachEngine((engine) => {
  test('a mail and an SMS asked for again by many calls at once leave once', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
    site.clock.setAhead(minuteMs);
    const mails = await codesOf(many.map(() => phone.sendMailAgain(id)));
    assert.equal(count(mails, 'answered'), 1);
    assert.equal(site.links.length, 2);
    await phone.redeem(lastToken(site));
    const texts = await codesOf(many.map(() => phone.sendCode(id)));
    assert.equal(count(texts, 'answered'), 1);
    assert.equal(site.codes.length, 1);
  });

  test('of several QR codes of one card scanned at once one counts', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const verification = { ...nurse, method: 'card', verifiedAt: site.clock.now() } as const;
    const request = { verification, rpps: nurse.nationalId.value, locale: 'fr' } as const;
    const { id, url } = await site.authenticator.createCardEnrolment(request);
    const urls = [url];
    for (let n = 0; n < 3; n++) {
      site.clock.setAhead((n + 1) * 10_000);
      urls.push((await site.authenticator.renewCardLink(id))?.url ?? '');
    }
    assert.equal(new Set(urls).size, 4);
    const scans = urls.map(async (one) => (await openPhone(site)).redeem(new URL(one).hash.slice(1)));
    const all = await codesOf(scans);
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'activation.used'), 3);
  });

  test('of elements sent at once in one enrolment never more than twenty are evaluated', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    const { id } = await proveByMail(site, phone);
    const call = callsOf(site, phone);
    const { blinded } = blindPassword(password);
    const evaluate = () => call('POST', `/api/enrolments/${id}/evaluation`, { body: { blinded } });
    const all: string[] = [];
    for (let n = 0; n < 17; n++) all.push(...(await codesOf([evaluate()])));
    for (let round = 0; round < 4; round++) all.push(...(await codesOf(many.map(evaluate))));
    assert.equal(count(all, 'answered'), 20);
  });

  test('her other phone is asked once by many calls, and its answers at once are one', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const first = await handOver(site);
    const phone = await openPhone(site);
    const { id } = await proveByMail(site, phone);
    site.clock.setAhead(10 * minuteMs);
    const asked = await codesOf(many.map(() => phone.askConsentAgain(id)));
    assert.equal(count(asked, 'answered'), 1);
    const view = await shownApproval(first);
    const answers = await codesOf([
      first.phone.refuse(view.id, first.stored.id, 'refused'),
      first.phone.refuse(view.id, first.stored.id, 'not_me'),
      first.phone.approve(first.stored, view, { number: null, password }),
      first.phone.approve(first.stored, view, { number: null, password }),
    ]);
    assert.equal(count(answers, 'answered'), 1);
    assert.equal(count(answers, 'approval.ended'), 3);
    const [enrolment] = await phone.listEnrolments();
    const agreed = answers.indexOf('answered') >= 2;
    assert.equal(enrolment?.end ?? enrolment?.stage, agreed ? 'verified' : 'refused');
  });

  test('who presses “not me” is heard, whatever the other phone does between the look and the block', async (t) => {
    const inner = await openTestDatabase(t, engine, ecpsMigrations);
    let between: (() => Promise<unknown>) | undefined;
    const database: Database = {
      engine,
      as: () => inner.as(),
      latest: () => inner.latest(),
      async write(work) {
        const run = between;
        between = undefined;
        await run?.();
        return inner.write(work);
      },
      purge: () => inner.purge(),
      close: () => inner.close(),
    };
    const site = await openEcpsSite(t, { database });
    const phone = await openPhone(site);
    const view = await proveByMail(site, phone);
    const url = site.links[0]?.notMeUrl ?? '';
    between = () => phone.activate(view, password);
    const pressed = await fetch(url, { method: 'POST', headers: { origin: site.url.origin } });
    assert.equal(pressed.status, 200);
    assert.equal(await site.authenticator.findState(nurse.nationalId), 'frozen');
  });

  test('“not me” pressed many times at once freezes once, and says so once', async (t) => {
    const site = await openEcpsSite(t, { engine });
    await activateByMail(site);
    const url = site.notices.at(-1)?.notMeUrl ?? '';
    const press = async () =>
      (await fetch(url, { method: 'POST', headers: { origin: site.url.origin } })).status;
    const statuses = await Promise.all(many.map(press));
    assert.equal(statuses.filter((status) => status === 200).length, 1);
    assert.equal(site.notices.filter(({ kind }) => kind === 'frozen').length, 1);
  });

  test('codes of a forgotten password asked for many times at once leave once', async (t) => {
    const site = await openRemovalSite(t, { engine });
    await handOver(site);
    const { browser, page } = await askForCodes(site);
    site.clock.setAhead(minuteMs);
    await Promise.all(many.map(() => pressNamed(browser, page, 'Renvoyer les codes')));
    assert.equal(site.removalCodes.length, 2);
  });
});

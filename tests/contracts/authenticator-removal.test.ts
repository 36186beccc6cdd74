import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachEngine } from '../support/databases.ts';
import { nurse } from '../support/ecps-site.ts';
import { headingOf, readable } from '../support/http-walk.ts';
import { errorAt, hrefOf, pressNamed } from '../support/named-controls.ts';
import {
  askForCodes,
  cardOf,
  formerNumber,
  openRemovalSite,
  type RemovalSite,
  typeCodes,
  typeNumber,
  wrong,
} from '../support/removal-site.ts';
import { activateByMail, handOver, shownApproval } from '../support/test-phone.ts';

const removed = 'Votre e-CPS a été supprimée';
const many = Array.from({ length: 12 }, (_, index) => index);

const count = (site: RemovalSite, name: string) => site.eventNames().filter((one) => one === name).length;

async function rowsOf(site: RemovalSite, table: string): Promise<Record<string, unknown>[]> {
  return site.database.as<Record<string, Record<string, unknown>>>().selectFrom(table).selectAll().execute();
}

forEachEngine((engine) => {
  test('both codes remove every e-CPS of the number; phones, sessions and contacts learn of it', async (t) => {
    const site = await openRemovalSite(t, { engine });
    const { phone } = await activateByMail(site);
    const second = await handOver(site);
    const noticed = site.notices.length;
    const { browser, page, message } = await askForCodes(site);
    assert.deepEqual(message.nationalId, { kind: 'rpps', value: nurse.nationalId.value });
    assert.equal(message.expiresAt, message.requestedAt + 600_000);
    const end = await typeCodes(browser, page, message.codes);
    assert.equal(headingOf(end), removed);
    assert.deepEqual(await phone.listCredentials(), []);
    assert.deepEqual(await second.phone.listCredentials(), []);
    assert.deepEqual(site.ended, ['ecps 899700012042', 'ecps 899700012042']);
    assert.deepEqual(
      site.notices.slice(noticed).map(({ kind, recipient }) => [kind, recipient.email, recipient.phone]),
      Array.from({ length: 2 }, () => ['removed', nurse.email, nurse.phone]),
    );
    const stones = await rowsOf(site, 'authenticator_tombstone');
    assert.deepEqual(
      stones.map(({ reason }) => reason),
      ['removed', 'removed'],
    );
    assert.equal(count(site, 'removal_proven'), 1);
    assert.equal(headingOf(await browser.open(page.url)), removed, 'the last page can be read again');
  });

  test('an open phone is told at once', async (t) => {
    const site = await openRemovalSite(t, { engine });
    const holder = await handOver(site);
    await site.ask();
    await shownApproval(holder);
    const { mark } = await holder.phone.watch({ waitSeconds: 0 });
    const watching = holder.phone.watch({ waitSeconds: 20, mark });
    const { browser, page, message } = await askForCodes(site);
    await typeCodes(browser, page, message.codes);
    const state = await watching;
    assert.deepEqual(state.credentials, []);
    assert.deepEqual(state.approvals, []);
  });

  test('a wrong code is counted before it is compared, five times, then new codes are needed', async (t) => {
    const site = await openRemovalSite(t, { engine });
    await handOver(site);
    const { browser, page, message } = await askForCodes(site);
    const { mail, sms } = message.codes;
    const half = await typeCodes(browser, page, { mail, sms: wrong(sms) });
    assert.equal(half.status, 422);
    assert.equal(errorAt(half, 'code-sms'), 'Ce code n’est pas le bon. Il reste 4 essais.');
    assert.doesNotMatch(half.text, /code-mail-error/);
    const empty = await typeCodes(browser, half, { mail, sms: '' });
    assert.equal(errorAt(empty, 'code-sms'), 'Recopiez ce code.');
    for (let left = 3; left > 0; left--) {
      const both = await typeCodes(browser, page, { mail: wrong(mail), sms: wrong(sms) });
      assert.match(
        errorAt(both, 'code-mail'),
        left > 1 ? new RegExp(`reste ${left} essais`) : /reste un essai/,
      );
    }
    const dead = await typeCodes(browser, page, { mail: wrong(mail), sms });
    assert.match(readable(dead.text), /Ces codes ne servent plus/);
    const late = await typeCodes(browser, page, message.codes);
    assert.match(readable(late.text), /Ces codes ne servent plus/);
    assert.equal(count(site, 'removal_codes_failed'), 5);
    site.clock.setAhead(40_000);
    const again = await pressNamed(browser, late, 'Renvoyer les codes');
    assert.match(readable(again.text), /De nouveaux codes sont partis/);
    const end = await typeCodes(browser, again, site.removalCodes.at(-1)?.codes ?? { mail: '', sms: '' });
    assert.equal(headingOf(end), removed);
  });

  test('of many wrong codes at once never more than five are compared', async (t) => {
    const site = await openRemovalSite(t, { engine });
    const { phone } = await handOver(site);
    const { browser, page, message } = await askForCodes(site);
    const { mail, sms } = message.codes;
    for (let round = 0; round < 5; round++)
      await Promise.all(many.map((n) => typeCodes(browser, page, { mail, sms: wrong(sms, n + 1) })));
    assert.equal(count(site, 'removal_codes_failed'), 5);
    await typeCodes(browser, page, message.codes);
    assert.equal((await phone.listCredentials()).length, 1);
  });

  test('right codes typed by many at once prove one removal', async (t) => {
    const site = await openRemovalSite(t, { engine });
    await handOver(site);
    const { browser, page, message } = await askForCodes(site);
    const ends = await Promise.all(many.slice(0, 4).map(() => typeCodes(browser, page, message.codes)));
    assert.ok(ends.some((end) => headingOf(end) === removed));
    assert.equal(count(site, 'removal_proven'), 1);
    assert.equal(count(site, 'destroyed'), 1);
    assert.equal(site.notices.filter(({ kind }) => kind === 'removed').length, 1);
  });

  test('codes die after ten minutes, new ones replace them, after 40 s and three times an hour', async (t) => {
    const site = await openRemovalSite(t, { engine });
    await handOver(site);
    const { browser, page, message: first } = await askForCodes(site);
    const soon = await pressNamed(browser, page, 'Renvoyer les codes');
    assert.equal(soon.status, 429);
    assert.match(readable(soon.text), /Vous pourrez en redemander dans 40 s/);
    site.clock.setAhead(41_000);
    await pressNamed(browser, page, 'Renvoyer les codes');
    const replaced = await typeCodes(browser, page, first.codes);
    assert.match(readable(replaced.text), /Ce code n’est pas le bon/);
    site.clock.setAhead(82_000);
    await pressNamed(browser, page, 'Renvoyer les codes');
    const last = site.removalCodes.at(-1)?.codes ?? { mail: '', sms: '' };
    site.clock.setAhead(82_000 + 600_000);
    assert.match(readable((await typeCodes(browser, page, last)).text), /Ces codes ne servent plus/);
    const fourth = await pressNamed(browser, page, 'Renvoyer les codes');
    assert.equal(fourth.status, 429);
    assert.equal(site.removalCodes.length, 3);
  });

  test('a card removes the e-CPS of its own number, and those of its link', async (t) => {
    const site = await openRemovalSite(t, { engine });
    site.adeliLinks.set(formerNumber.value, nurse.nationalId.value);
    for (const [card, typed] of [
      [nurse.nationalId, nurse.nationalId],
      [formerNumber, nurse.nationalId],
      [nurse.nationalId, formerNumber],
    ] as const) {
      const { phone } = await handOver(site, { nationalId: typed });
      site.card.answer = { verification: cardOf(site, { nationalId: card }) };
      const { browser, page } = await typeNumber(site, typed.value);
      const end = await pressNamed(browser, page, 'Carte CPS');
      assert.equal(headingOf(end), removed);
      assert.deepEqual(await phone.listCredentials(), []);
    }
    const grounds = site.events.filter(({ name }) => name === 'authenticator.removal_proven');
    assert.deepEqual(
      grounds.map(({ details }) => details?.linked),
      [false, true, true],
    );
  });

  test('codes and notice of an ADELI e-CPS go to the record that its link leads to', async (t) => {
    const site = await openRemovalSite(t, { engine });
    site.adeliLinks.set(formerNumber.value, nurse.nationalId.value);
    await handOver(site, { nationalId: formerNumber });
    const { browser, page, message } = await askForCodes(site, formerNumber.value);
    await typeCodes(browser, page, message.codes);
    const [notice] = site.notices;
    assert.equal(notice?.kind, 'removed');
    assert.equal(notice?.recipient.email, nurse.email);
  });

  test('a removal whose process died after its proof is finished by the next look', async (t) => {
    const site = await openRemovalSite(t, { engine });
    const { phone } = await handOver(site);
    const { browser, page, message } = await askForCodes(site);
    // The answer is a redirect that this browser never follows.
    const posted = await browser.request(new URL('/mot-de-passe-oublie/suppression', site.walletUrl), {
      method: 'POST',
      headers: { origin: site.walletUrl.origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ 'code-mail': message.codes.mail, 'code-sms': message.codes.sms }),
    });
    assert.equal(posted.status, 303);
    assert.equal((await phone.listCredentials()).length, 1);
    assert.equal(headingOf(await browser.open(page.url)), removed);
    assert.deepEqual(await phone.listCredentials(), []);
  });

  test('rows of removals go once their time is over', async (t) => {
    const site = await openRemovalSite(t, { engine });
    const { browser, page } = await typeNumber(site, nurse.nationalId.value);
    site.clock.setAhead(30 * 60_000);
    const over = await browser.open(page.url);
    assert.equal(over.status, 410);
    assert.equal(headingOf(over), 'Mot de passe oublié');
    site.clock.setAhead(31 * 60_000);
    await site.authenticator.sweep();
    assert.deepEqual(await rowsOf(site, 'authenticator_removal'), []);
  });

  test('the last page leads to the app, and inside a repair back to it', async (t) => {
    const site = await openRemovalSite(t, { engine });
    await handOver(site);
    site.ticket.url = 'http://localhost/reparation';
    const { browser, page, message } = await askForCodes(site);
    const end = await typeCodes(browser, page, message.codes);
    assert.equal(hrefOf(end, 'Continuer'), site.ticket.url);
    assert.match(end.text, /<form method="get" action="\/mot-de-passe-oublie\/activation">/);
    const app = await browser.open(new URL('/mot-de-passe-oublie/activation', site.walletUrl));
    const address = new URL(`#rpps=${nurse.nationalId.value}`, site.url).href;
    assert.equal(hrefOf(app, "Demander l'activation de la e-CPS"), address);
    site.ticket.url = undefined;
    assert.equal(hrefOf(await browser.open(page.url), 'Continuer'), undefined);
  });
});

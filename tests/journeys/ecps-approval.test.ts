import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PasswordRefused } from '#ecps-phone';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import {
  activateByMail,
  assertRefused,
  handOver,
  openPhone,
  password,
  shownApproval,
} from '../support/test-phone.ts';

const minuteMs = 60_000;

async function askPending(site: EcpsSite, changes: Parameters<EcpsSite['ask']>[0] = {}) {
  const asked = await site.ask(changes);
  assert.equal(asked.outcome, 'pending');
  assert.ok('approval' in asked);
  return asked.approval;
}

const statusOf = async (site: EcpsSite, id: string, signInId = 'sign-in') =>
  (await site.authenticator.findApproval(id, signInId))?.status;

test('a phone approves what it was shown, and the sign-in takes it once', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const { id, number } = await askPending(site, { place: 'Lorient' });
  const shown = await shownApproval({ phone });
  assert.equal(shown.id, id);
  assert.equal(shown.kind, 'sign_in');
  assert.deepEqual(shown.service, { clientId: 'portal', name: 'Mes lieux d’exercice' });
  assert.equal(shown.device, 'Firefox, Linux');
  assert.equal(shown.place, 'Lorient');
  assert.equal(shown.expiresAt - shown.requestedAt, 120_000);
  assert.equal(new Set(shown.numbers).size, 3);
  assert.ok(shown.numbers?.includes(number));

  assert.equal(await statusOf(site, id), 'pending');
  assert.deepEqual(await phone.approve(stored, shown, { number, password }), {
    status: 'approved',
    failuresBefore: 0,
  });
  assert.equal(await statusOf(site, id), 'approved');
  assert.deepEqual((await phone.watch({ waitSeconds: 0 })).approvals, []);

  const asked = { id, signInId: 'sign-in' };
  assert.equal(await site.authenticator.consumeApproval({ id, signInId: 'another' }), undefined);
  const verification = await site.authenticator.consumeApproval(asked);
  assert.deepEqual(verification?.nationalId, nurse.nationalId);
  assert.equal(verification?.method, 'ecps');
  assert.equal(verification?.familyName, 'Fontaine');
  assert.equal(verification?.profession, '60');
  assert.equal(await site.authenticator.consumeApproval(asked), undefined);
  assert.equal(await statusOf(site, id), 'consumed');
  assert.deepEqual(site.eventNames(), ['approval_requested', 'approved']);
});

test('only the sign-in that asked learns how its question stands', async (t) => {
  const site = await openEcpsSite(t);
  await handOver(site);
  const { id } = await askPending(site);
  assert.equal(await statusOf(site, id, 'another'), undefined);
});

test('a question waits for the phone, which sees it at once while it listens', async (t) => {
  const site = await openEcpsSite(t);
  const { phone } = await handOver(site);
  const { mark } = await phone.watch({ waitSeconds: 0 });
  const listening = phone.watch({ mark, waitSeconds: 20 });
  const { id } = await askPending(site);
  const state = await listening;
  assert.deepEqual(
    state.approvals.map((approval) => approval.id),
    [id],
  );
  assert.notEqual(state.mark, mark);
});

test('a phone that goes stops the long poll', async (t) => {
  const site = await openEcpsSite(t);
  const { phone } = await handOver(site);
  const { mark } = await phone.watch({ waitSeconds: 0 });
  const leaving = new AbortController();
  const listening = phone.watch({ mark, waitSeconds: 20, signal: leaving.signal });
  leaving.abort();
  await assert.rejects(listening, { name: 'AbortError' });
});

test('a wrong number has one try', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const { id, number } = await askPending(site);
  const shown = await shownApproval({ phone });
  const wrong = shown.numbers?.find((one) => one !== number) ?? 0;
  const receipt = await phone.approve(stored, shown, { number: wrong, password });
  assert.equal(receipt.status, 'wrong_number');
  assert.equal(await statusOf(site, id), 'wrong_number');
  await assertRefused(phone.approve(stored, shown, { number, password }), 'approval.ended');
  assert.equal(await site.authenticator.consumeApproval({ id, signInId: 'sign-in' }), undefined);
});

test('time ends a question, and an approval that nobody fetches', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const { id, number } = await askPending(site);
  const shown = await shownApproval({ phone });
  site.clock.setAhead(120_000);
  assert.equal(await statusOf(site, id), 'expired');
  assert.deepEqual((await phone.watch({ waitSeconds: 0 })).approvals, []);
  await assertRefused(phone.approve(stored, shown, { number, password }), 'approval.ended');

  const late = await askPending(site);
  const again = await shownApproval({ phone });
  await phone.approve(stored, again, { number: late.number, password });
  site.clock.setAhead(120_000 + 180_000);
  assert.equal(await site.authenticator.consumeApproval({ id: late.id, signInId: 'sign-in' }), undefined);
});

test('a newer question of the same browser ends the older one, another browser’s stands beside it', async (t) => {
  const site = await openEcpsSite(t);
  const { phone } = await handOver(site);
  const first = await askPending(site);
  const second = await askPending(site, { signInId: 'second' });
  const other = await askPending(site, { signInId: 'third', browserHash: 'another' });
  assert.equal(await statusOf(site, first.id), 'superseded');
  const shown = (await phone.watch({ waitSeconds: 0 })).approvals.map(({ id }) => id);
  assert.deepEqual(shown, [second.id, other.id]);
});

test('a question that was taken back is not shown any more', async (t) => {
  const site = await openEcpsSite(t);
  const { phone } = await handOver(site);
  const { id } = await askPending(site);
  await site.authenticator.cancelApproval({ id, signInId: 'another' });
  assert.equal(await statusOf(site, id), 'pending');
  await site.authenticator.cancelApproval({ id, signInId: 'sign-in' });
  assert.equal(await statusOf(site, id), 'cancelled');
  assert.deepEqual((await phone.watch({ waitSeconds: 0 })).approvals, []);
});

test('every phone of a person is asked, and the first answer counts', async (t) => {
  const site = await openEcpsSite(t);
  const [one, two] = [await handOver(site), await handOver(site)];
  const { id, number } = await askPending(site);
  const [shownToOne, shownToTwo] = [await shownApproval(one), await shownApproval(two)];
  await two.phone.refuse(shownToTwo.id, two.stored.id, 'refused');
  await assertRefused(one.phone.approve(one.stored, shownToOne, { number, password }), 'approval.ended');
  assert.equal(await statusOf(site, id), 'refused');
});

test('a wrong password leaves the question pending, and is shown at the next success', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const { id, number } = await askPending(site);
  const shown = await shownApproval({ phone });
  for (const failures of [1, 2]) {
    const refused = await phone
      .approve(stored, shown, { number, password: 'autre chose' })
      .catch((error: unknown) => error);
    assert.ok(refused instanceof PasswordRefused);
    assert.deepEqual(refused.password, {
      failures,
      triesLeft: 3 - failures,
      consequence: { pauseMinutes: 15 },
      lockedUntil: null,
    });
  }
  assert.equal(await statusOf(site, id), 'pending');
  const receipt = await phone.approve(stored, shown, { number, password });
  assert.deepEqual(receipt, { status: 'approved', failuresBefore: 2 });
  assert.equal((await phone.listCredentials())[0]?.password.failures, 0);
});

test('the identifier is taken as people write it', async (t) => {
  const site = await openEcpsSite(t);
  const { phone } = await handOver(site);
  for (const identifier of ['99700012042', '899700012042', ' 997 0001 2042 ']) {
    const { id } = await askPending(site, { identifier });
    assert.equal((await shownApproval({ phone })).id, id);
  }
  for (const identifier of ['', '9970001204', 'claire.fontaine', '999999999999'])
    assert.equal((await site.ask({ identifier })).outcome, 'malformed');
  const adeli = await site.ask({ identifier: '0 99 6B12345', browserHash: 'other' });
  assert.equal(adeli.outcome, 'pending');
});

test('an expired e-CPS is told at once, a frozen or locked one until when', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site, { expiresAt: site.clock.now() + minuteMs });
  assert.equal((await site.ask()).outcome, 'pending');
  site.clock.setAhead(minuteMs);
  assert.equal((await site.ask()).outcome, 'expired');
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'expired');
  assert.equal((await phone.listCredentials())[0]?.status, 'expired');
  await assertRefused(phone.changePassword(stored, { password, newPassword: 'x' }), 'credential.expired');
});

test('a password is changed within the phone', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const newPassword = 'un bol de soupe';
  await assert.rejects(
    phone.changePassword(stored, { password: 'autre chose', newPassword }),
    PasswordRefused,
  );
  const changed = await phone.changePassword(stored, { password, newPassword });
  assert.equal((await phone.listCredentials())[0]?.password.failures, 0);
  assert.equal(site.notices.at(-1)?.kind, 'password_changed');

  const { number } = await askPending(site);
  const shown = await shownApproval({ phone });
  await assert.rejects(phone.approve(changed, shown, { number, password }), PasswordRefused);
  const receipt = await phone.approve(changed, shown, { number, password: newPassword });
  assert.equal(receipt.status, 'approved');
});

test('a change of two tries before a pause is not stopped by its own new password', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const newPassword = 'un bol de soupe';
  for (const wrong of ['premier essai', 'deuxième essai'])
    await assert.rejects(phone.changePassword(stored, { password: wrong, newPassword }), PasswordRefused);
  await phone.changePassword(stored, { password, newPassword });
  assert.equal((await phone.listCredentials())[0]?.status, 'active');
});

test('deactivation needs no password, is at once, and its sessions end', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const { id, number } = await askPending(site);
  const shown = await shownApproval({ phone });
  await phone.approve(stored, shown, { number, password });
  await phone.deactivate(stored.id);
  assert.equal(await site.authenticator.consumeApproval({ id, signInId: 'sign-in' }), undefined);
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'none');
  assert.deepEqual(await phone.listCredentials(), []);
  assert.deepEqual(site.ended, [`ecps 8${nurse.nationalId.value}`]);
  assert.equal(site.notices.at(-1)?.kind, 'deactivated');
  await assertRefused(phone.deactivate(stored.id), 'credential.gone');
});

test('a listening phone learns that its e-CPS is gone', async (t) => {
  const site = await openEcpsSite(t);
  const [one, two] = [await handOver(site), await handOver(site)];
  const { mark } = await two.phone.watch({ waitSeconds: 0 });
  const listening = two.phone.watch({ mark, waitSeconds: 20 });
  await one.phone.deactivate(two.stored.id);
  assert.deepEqual((await listening).credentials, []);
});

test('a phone that the server forgot is told so', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await assertRefused(phone.listCredentials(), 'device.unknown');
});

test('a mail’s “not me” blocks an activation, or freezes the e-CPS, by its button alone', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const url = site.links[0]?.notMeUrl ?? '';
  const page = await fetch(url);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<button[^>]*><span>Bloquer<\/span><\/button>/);
  assert.equal((await phone.listEnrolments())[0]?.stage, 'requested');
  const press = () => fetch(url, { method: 'POST', headers: { origin: site.url.origin } });
  assert.equal((await press()).status, 200);
  assert.equal((await phone.listEnrolments())[0]?.end, 'blocked');
  assert.equal((await press()).status, 410);
  assert.equal((await fetch(url)).status, 410);
});

test('“not me” after the activation freezes; a card, or a new activation, ends that', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await activateByMail(site);
  const press = (url: string | null | undefined) =>
    fetch(url ?? '', { method: 'POST', headers: { origin: site.url.origin } });
  assert.equal((await press(site.notices.at(-1)?.notMeUrl)).status, 200);
  assert.equal((await site.ask()).outcome, 'frozen');
  assert.equal((await phone.listCredentials())[0]?.status, 'frozen');
  assert.deepEqual(site.ended, [`ecps 8${nurse.nationalId.value}`]);
  assert.equal(site.notices.at(-1)?.kind, 'frozen');

  await site.authenticator.thaw(nurse.nationalId);
  const { number } = await askPending(site);
  await phone.approve(stored, await shownApproval({ phone }), { number, password });

  assert.equal((await press(site.links[0]?.notMeUrl)).status, 200);
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'frozen');
  site.clock.setAhead(60 * minuteMs);
  const second = await activateByMail(site);
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
  assert.deepEqual(await phone.listCredentials(), []);
  assert.equal((await second.phone.listCredentials()).length, 1);
});

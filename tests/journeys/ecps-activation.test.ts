import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPhone } from '#ecps-phone';
import { rpps } from '#national-id';
import { nurse, openEcpsSite } from '../support/ecps-site.ts';
import {
  activateByMail,
  assertRefused,
  lastToken,
  openPhone,
  password,
  proveByMail,
} from '../support/test-phone.ts';

const minuteMs = 60_000;

test('an e-CPS is activated by mail and SMS, as the guide tells it', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const requested = await phone.requestEnrolment('99700012042', 'fr');
  assert.equal(requested.stage, 'requested');
  assert.equal(requested.holder, null);
  assert.equal(requested.maskedPhone, null);

  const confirmed = await phone.redeem(lastToken(site));
  assert.equal(confirmed.stage, 'mail_confirmed');
  assert.deepEqual(confirmed.holder, { givenName: 'Claire', familyName: 'Fontaine' });
  assert.equal(confirmed.maskedPhone, '•• •• •• •• 42');

  await phone.sendCode(requested.id);
  const [message] = site.codes;
  assert.equal(message?.phone, nurse.phone);
  assert.equal(message?.host, 'localhost');
  const verified = await phone.tryCode(requested.id, message?.code ?? '');
  assert.equal(verified.stage, 'verified');

  const { stored, credential } = await phone.activate(verified, password);
  assert.equal(credential.status, 'active');
  assert.equal(stored.givenName, 'Claire');
  assert.deepEqual(
    (await phone.listCredentials()).map(({ id, status }) => ({ id, status })),
    [{ id: credential.id, status: 'active' }],
  );
  assert.deepEqual(await phone.listEnrolments(), []);
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
  assert.deepEqual(
    site.notices.map(({ kind }) => kind),
    ['activated'],
  );
  assert.deepEqual(site.eventNames(), [
    'enrolment_requested',
    'link_redeemed',
    'code_sent',
    'code_confirmed',
    'activated',
  ]);
  // The mail and the SMS were answered: the details that they went to are verified, as they were when she asked.
  const [verifiedDetails, ...more] = site.confirmed;
  assert.equal(verifiedDetails?.number, '899700012042');
  assert.ok(verifiedDetails && verifiedDetails.sentAt <= site.clock.now());
  assert.deepEqual(more, []);
});

test('the app goes on where it was, at each step', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const stages: (string | undefined)[] = [];
  const reopen = async () => {
    const again = createPhone({ baseUrl: site.url, device: phone.device });
    stages.push((await again.listEnrolments())[0]?.stage);
  };
  const { id } = await phone.requestEnrolment('99700012042', 'fr');
  await reopen();
  await phone.redeem(lastToken(site));
  await reopen();
  await phone.sendCode(id);
  await reopen();
  const verified = await phone.tryCode(id, site.codes[0]?.code ?? '');
  await reopen();
  await phone.activate(verified, password);
  await reopen();
  assert.deepEqual(stages, ['requested', 'mail_confirmed', 'mail_confirmed', 'verified', undefined]);
});

test('asking twice keeps one enrolment and sends the mail again after a while', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const first = await phone.requestEnrolment('99700012042', 'fr');
  const second = await phone.requestEnrolment('99700012042', 'fr');
  assert.equal(second.id, first.id);
  assert.equal(site.links.length, 1);
  site.clock.setAhead(40_000);
  await phone.requestEnrolment('99700012042', 'fr');
  assert.equal(site.links.length, 2);
  assert.equal(site.links[1]?.activationUrl, site.links[0]?.activationUrl);
  const refused = await assertRefused(phone.sendMailAgain(first.id), 'request.too_many');
  assert.ok(refused.retryAt && refused.retryAt > site.clock.now());
});

test('the mail link lives for a day and starts one enrolment once', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await phone.requestEnrolment('99700012042', 'fr');
  const token = lastToken(site);
  await phone.redeem(token);
  await assertRefused(phone.redeem(token), 'activation.used');

  const late = await openPhone(site);
  await late.requestEnrolment('99700012042', 'fr');
  const lateToken = lastToken(site);
  site.clock.setAhead(24 * 60 * minuteMs);
  await assertRefused(late.redeem(lateToken), 'activation.expired');
  assert.equal((await late.listEnrolments())[0]?.end, 'expired');
  assert.equal((await late.requestEnrolment('99700012042', 'fr')).stage, 'requested');
});

test('a code is good for ten minutes and replaced by the next one', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const { id } = await phone.requestEnrolment('99700012042', 'fr');
  await phone.redeem(lastToken(site));
  await assertRefused(phone.tryCode(id, '000000'), 'code.dead');
  await phone.sendCode(id);
  const refused = await assertRefused(phone.sendCode(id), 'request.too_many');
  assert.ok((refused.retryAt ?? 0) - site.clock.now() <= 40_000);
  site.clock.setAhead(10 * minuteMs);
  await assertRefused(phone.tryCode(id, site.codes[0]?.code ?? ''), 'code.dead');
  const again = await phone.sendCode(id);
  assert.equal(again.code?.triesLeft, 5);
  assert.equal((await phone.tryCode(id, site.codes[1]?.code ?? '')).stage, 'verified');
});

test('steps out of turn are refused', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const view = await phone.requestEnrolment('99700012042', 'fr');
  await assertRefused(phone.sendCode(view.id), 'enrolment.wrong_stage');
  await assertRefused(phone.tryCode(view.id, '123456'), 'enrolment.wrong_stage');
  await assertRefused(phone.activate(view, password), 'enrolment.wrong_stage');
  await assertRefused(phone.askConsentAgain(view.id), 'enrolment.wrong_stage');
  await phone.redeem(lastToken(site));
  await assertRefused(phone.sendMailAgain(view.id), 'enrolment.wrong_stage');
  await phone.cancelEnrolment(view.id);
  await assertRefused(phone.sendCode(view.id), 'enrolment.ended');
  assert.deepEqual(await phone.listEnrolments(), []);
});

test('an e-CPS is activated by card, with the names of the card', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const verification = {
    nationalId: { kind: 'adeli', value: '996123451' },
    givenName: 'CLAIRE',
    familyName: 'FONTAINE',
    profession: '60',
    method: 'card',
    verifiedAt: site.clock.now(),
  } as const;
  const card = await site.authenticator.createCardEnrolment({
    verification,
    rpps: '99700012042',
    locale: 'fr',
  });
  assert.equal(await site.authenticator.findCardEnrolment(card.id), 'waiting');
  const token = new URL(card.url).hash.slice(1);
  const scanned = await phone.redeem(token);
  assert.equal(scanned.stage, 'verified');
  assert.deepEqual(scanned.holder, { givenName: 'CLAIRE', familyName: 'FONTAINE' });
  assert.equal(await site.authenticator.findCardEnrolment(card.id), 'redeemed');
  const { credential } = await phone.activate(scanned, password);
  assert.deepEqual(credential.nationalId, { kind: 'rpps', value: '99700012042' });
  assert.equal(await site.authenticator.findCardEnrolment(card.id), 'active');
  await assertRefused((await openPhone(site)).redeem(token), 'activation.used');
  assert.equal(await site.authenticator.renewCardLink(card.id), undefined);
  assert.deepEqual(site.confirmed, [], 'nothing was sent, so nothing is verified');
});

test('a card address is good for 90 seconds, the next one for the next', async (t) => {
  const site = await openEcpsSite(t);
  const verification = {
    ...nurse,
    method: 'card',
    verifiedAt: site.clock.now(),
  } as const;
  const card = await site.authenticator.createCardEnrolment({
    verification,
    rpps: '99700012042',
    locale: 'fr',
  });
  site.clock.setAhead(90_000);
  const phone = await openPhone(site);
  await assertRefused(phone.redeem(new URL(card.url).hash.slice(1)), 'activation.expired');
  const fresh = await site.authenticator.renewCardLink(card.id);
  assert.equal((await phone.redeem(new URL(fresh?.url ?? '').hash.slice(1))).stage, 'verified');
});

test('one phone holds several e-CPS', async (t) => {
  const site = await openEcpsSite(t);
  const other = { ...nurse, nationalId: rpps('99700014253'), givenName: 'Julien' };
  site.people.set('899700014253', other);
  const { phone } = await activateByMail(site);
  await phone.activate(await proveByMail(site, phone, '99700014253'), password);
  const names = (await phone.listCredentials()).map(({ givenName }) => givenName);
  assert.deepEqual(names, ['Claire', 'Julien']);
});

test('activating again on the same phone replaces the e-CPS there', async (t) => {
  const site = await openEcpsSite(t);
  const first = await activateByMail(site);
  const second = await activateByMail(site, first.phone);
  const ids = (await first.phone.listCredentials()).map(({ id }) => id);
  assert.deepEqual(ids, [second.stored.id]);
});

test('a second phone waits for the first one, which may also remove it', async (t) => {
  const site = await openEcpsSite(t);
  const first = await activateByMail(site);
  const phone = await openPhone(site);
  const waiting = await proveByMail(site, phone);
  assert.equal(waiting.stage, 'awaiting_consent');
  assert.equal(site.notices.at(-1)?.kind, 'consent_asked');
  await assertRefused(phone.activate(waiting, password), 'enrolment.wrong_stage');

  const [asked] = (await first.phone.watch({ waitSeconds: 0 })).approvals;
  assert.ok(asked);
  assert.equal(asked.kind, 'activation');
  await first.phone.approve(first.stored, asked, { number: null, password });
  const [verified] = await phone.listEnrolments();
  assert.equal(verified?.stage, 'verified');
  assert.ok(verified);
  const second = await phone.activate(verified, password);

  const [own] = await first.phone.listCredentials();
  assert.deepEqual(
    own?.others.map(({ id }) => id),
    [second.credential.id],
  );
  await first.phone.deactivate(second.credential.id);
  assert.deepEqual(await phone.listCredentials(), []);
  await assertRefused(phone.deactivate(second.credential.id), 'credential.gone');
});

test('the first phone may refuse the second, or not answer', async (t) => {
  const site = await openEcpsSite(t);
  const first = await activateByMail(site);
  const phone = await openPhone(site);
  const { id } = await proveByMail(site, phone);
  site.clock.setAhead(10 * minuteMs);
  assert.equal((await phone.listEnrolments())[0]?.consent?.status, 'unanswered');
  await phone.askConsentAgain(id);
  await assertRefused(phone.askConsentAgain(id), 'request.too_many');
  const [asked] = (await first.phone.watch({ waitSeconds: 0 })).approvals;
  await first.phone.refuse(asked?.id ?? '', first.stored.id, 'refused');
  assert.equal((await phone.listEnrolments())[0]?.end, 'refused');
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
});

test('an e-CPS under RPPS ends the one under the ADELI number of the link', async (t) => {
  const site = await openEcpsSite(t);
  site.adeliLinks.set('996123451', '99700012042');
  const former = await site.authenticator.sandbox.createCredential({
    nationalId: { kind: 'adeli', value: '996123451' },
    givenName: 'Claire',
    familyName: 'Fontaine',
    profession: '60',
    password,
    device: 'Ancien téléphone',
  });
  const stranger = await site.authenticator.sandbox.createCredential({
    nationalId: { kind: 'adeli', value: '996123451' },
    givenName: 'Claire',
    familyName: 'Moreau',
    profession: '60',
    password,
    device: 'Autre téléphone',
  });
  assert.equal(await site.authenticator.findState(nurse.nationalId, '996123451'), 'adeli');
  await activateByMail(site);
  assert.equal(await site.authenticator.findState(nurse.nationalId, '996123451'), 'active');
  const left = await site.database
    .as<{ authenticator_credential: { id: string } }>()
    .selectFrom('authenticator_credential')
    .select('id')
    .execute();
  const ids = left.map(({ id }) => id);
  assert.ok(!ids.includes(former.credential.id), 'the e-CPS of the link is gone');
  assert.ok(ids.includes(stranger.credential.id), 'the one whose names disagree stays');
  assert.deepEqual(site.ended, ['ecps 0996123451', 'all 0996123451']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blindPassword } from '../../src/authenticator/phone/password-oprf.ts';
import { createSignedCalls } from '../../src/authenticator/phone/signed-calls.ts';
import { forEachEngine } from '../support/databases.ts';
import { nurse, openEcpsSite } from '../support/ecps-site.ts';
import {
  type ActivePhone,
  activateByMail,
  assertRefused,
  codesOf,
  count,
  evaluateOnce,
  handOver,
  lastToken,
  openPhone,
  password,
  proveByMail,
  shownApproval,
} from '../support/test-phone.ts';

const many = Array.from({ length: 12 }, (_, index) => index);

const failuresOf = async ({ phone }: ActivePhone) => (await phone.listCredentials())[0]?.password.failures;

forEachEngine((engine) => {
  test('a mail link used by many calls at once is redeemed once', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    await phone.requestEnrolment(nurse.nationalId.value, 'fr');
    const token = lastToken(site);
    const all = await codesOf(many.map(() => phone.redeem(token)));
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'activation.used'), many.length - 1);
  });

  test('a card link scanned by many phones at once belongs to one', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const verification = { ...nurse, method: 'card', verifiedAt: site.clock.now() } as const;
    const rpps = nurse.nationalId.value;
    const { url } = await site.authenticator.createCardEnrolment({ verification, rpps, locale: 'fr' });
    const phones = await Promise.all(many.map(() => openPhone(site)));
    const all = await codesOf(phones.map((phone) => phone.redeem(new URL(url).hash.slice(1))));
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'activation.used'), many.length - 1);
  });

  test('many requests of one phone at once are one enrolment', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    const views = await Promise.all(
      many.slice(0, 5).map(() => phone.requestEnrolment(nurse.nationalId.value, 'fr')),
    );
    assert.equal(new Set(views.map(({ id }) => id)).size, 1);
    assert.equal(site.links.length, 1);
  });

  test('of the right code used at once by many, one gets through', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
    await phone.redeem(lastToken(site));
    await phone.sendCode(id);
    const all = await codesOf(many.map(() => phone.tryCode(id, site.codes[0]?.code ?? '')));
    assert.equal(count(all, 'answered'), 1);
  });

  test('of many wrong codes at once never more than five are compared', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
    await phone.redeem(lastToken(site));
    await phone.sendCode(id);
    const right = site.codes[0]?.code ?? '';
    const wrong = many.map((n) => String((Number(right) + n + 1) % 1_000_000).padStart(6, '0'));
    const all: string[] = [];
    for (let round = 0; round < 5; round++)
      all.push(...(await codesOf(wrong.map((code) => phone.tryCode(id, code)))));
    assert.equal(count(all, 'answered'), 0);
    assert.equal(site.eventNames().filter((name) => name === 'code_failed').length, 5);
    await assertRefused(phone.tryCode(id, right), 'code.dead');
  });

  test('an enrolment finished by many calls at once is one e-CPS', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    const view = await proveByMail(site, phone);
    const all = await codesOf(many.slice(0, 4).map(() => phone.activate(view, password)));
    assert.equal(count(all, 'answered'), 1);
    assert.equal((await phone.listCredentials()).length, 1);
  });

  test('of many passwords at once three are tried, and not one more', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const holder = await handOver(site);
    await site.ask();
    const { id } = await shownApproval(holder);
    const all = await codesOf(many.map((n) => evaluateOnce(site, holder, id, `mot de passe ${n}`)));
    assert.equal(count(all, 'answered'), 3);
    assert.equal(count(all, 'credential.locked'), many.length - 3);
    assert.equal(await failuresOf(holder), 3);
  });

  test('one element sent many times at once counts once and gets one answer', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone, stored } = await handOver(site);
    await site.ask();
    const { id } = await shownApproval({ phone });
    const { call } = createSignedCalls({ baseUrl: site.url, device: phone.device });
    const { blinded } = blindPassword('un essai');
    const body = { credentialId: stored.id, fingerprint: stored.fingerprint, blinded };
    const answers = await Promise.all(
      many.map(() => call<{ evaluated: string }>('POST', `/api/approvals/${id}/evaluation`, { body })),
    );
    assert.equal(new Set(answers.map(({ evaluated }) => evaluated)).size, 1);
    assert.equal(await failuresOf({ phone, stored }), 1);
  });

  test('a question answered by many calls at once has one answer', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone, stored } = await handOver(site);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const shown = await shownApproval({ phone });
    const { number } = asked.approval;
    const all = await codesOf([
      phone.approve(stored, shown, { number, password }),
      phone.approve(stored, shown, { number, password }),
      phone.refuse(shown.id, stored.id, 'refused'),
      phone.refuse(shown.id, stored.id, 'not_me'),
    ]);
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'approval.ended'), 3);
  });

  test('an approval fetched by many calls at once is handed over once', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone, stored } = await handOver(site);
    const asked = await site.ask();
    assert.ok(asked.outcome === 'pending');
    const { id, number } = asked.approval;
    await phone.approve(stored, await shownApproval({ phone }), { number, password });
    const handed = await Promise.all(
      many.map(() => site.authenticator.consumeApproval({ id, signInId: 'sign-in' })),
    );
    assert.equal(handed.filter((verification) => verification !== undefined).length, 1);
  });

  test('of many browsers at once three may ask a person for one service', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone } = await handOver(site);
    const asked = await Promise.all(many.map((n) => site.ask({ browserHash: `browser ${n}` })));
    assert.equal(asked.filter(({ outcome }) => outcome === 'pending').length, 3);
    assert.equal(asked.filter(({ outcome }) => outcome === 'limited').length, many.length - 3);
    assert.equal((await phone.watch({ waitSeconds: 0 })).approvals.length, 3);
  });

  test('of many questions of one browser at once the last one stands', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone } = await handOver(site);
    await Promise.all(many.map((n) => site.ask({ signInId: `sign-in ${n}` })));
    assert.equal((await phone.watch({ waitSeconds: 0 })).approvals.length, 1);
  });

  test('an e-CPS removed by many calls at once is removed once', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const { phone, stored } = await activateByMail(site);
    const all = await codesOf(many.map(() => phone.deactivate(stored.id)));
    assert.equal(count(all, 'answered'), 1);
    assert.equal(count(all, 'credential.gone'), many.length - 1);
    assert.equal(site.notices.filter(({ kind }) => kind === 'deactivated').length, 1);
  });

  test('a signed call sent many times at once is made once', async (t) => {
    const site = await openEcpsSite(t, { engine });
    const phone = await openPhone(site);
    let proof = '';
    const recorder: typeof fetch = (input, init) => {
      proof = new Headers(init?.headers).get('E-CPS-Proof') ?? '';
      return fetch(input, init);
    };
    const { call } = createSignedCalls({ baseUrl: site.url, device: phone.device, fetch: recorder });
    await phone.requestEnrolment(nurse.nationalId.value, 'fr');
    const [{ id } = { id: '' }] = await phone.listEnrolments();
    await phone.redeem(lastToken(site));
    await call('GET', '/api/enrolments');
    await call('POST', `/api/enrolments/${id}/sms`);
    const replay = () =>
      fetch(new URL(`/api/enrolments/${id}/sms`, site.url), {
        method: 'POST',
        headers: { 'E-CPS-Proof': proof },
      });
    site.clock.setAhead(45_000);
    const answers = await Promise.all(many.map(async () => (await replay()).json()));
    assert.ok(answers.every((answer) => (answer as { code: string }).code === 'proof.replayed'));
    assert.equal(site.codes.length, 1);
  });
});

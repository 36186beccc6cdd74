import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rpps } from '#national-id';
import { approvalPayload } from '../../src/authenticator/phone/approval-payload.ts';
import { toBase64Url } from '../../src/authenticator/phone/base64url.ts';
import { type JwsType, signJws } from '../../src/authenticator/phone/jws.ts';
import type { ApprovalView } from '../../src/authenticator/wire.ts';
import { type EcpsSite, openEcpsSite } from '../support/ecps-site.ts';
import {
  type ActivePhone,
  assertRefused,
  callsOf,
  evaluateOnce,
  handOver,
  password,
  shownApproval,
  takeAuthKey,
} from '../support/test-phone.ts';

const minuteMs = 60_000;

async function asked(site: EcpsSite, holder: ActivePhone) {
  const outcome = await site.ask();
  assert.ok(outcome.outcome === 'pending');
  return { view: await shownApproval(holder), number: outcome.approval.number };
}

test('only K_auth over exactly what was asked approves', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const { view, number } = await asked(site, holder);
  const { call, key } = await takeAuthKey(site, holder, view);
  const { id: credentialId } = holder.stored;
  const right = approvalPayload(view, credentialId, number);
  const approve = async (payload: object, by = key, typ: JwsType = 'ecps-approval+jwt') => {
    const jws = await signJws(by, { typ, kid: credentialId }, payload);
    return call('POST', `/api/approvals/${view.id}/approval`, { body: { credentialId, jws } });
  };
  const forgeries = [
    () => approve(right, holder.phone.device.privateKey),
    () => approve(right, key, 'ecps-enrolment+jwt'),
    () => approve(right, key, 'ecps-proof+jwt'),
    () => approve({ ...right, approval: 'apr_other' }),
    () => approve({ ...right, service: 'Ma banque' }),
    () => approve({ ...right, client: 'other' }),
    () => approve({ ...right, device: 'Mon téléphone' }),
    () => approve({ ...right, place: 'Lorient' }),
    () => approve({ ...right, expiresAt: right.expiresAt + 1 }),
    () => approve({ ...right, kind: 'activation' }),
    () => approve({ ...right, further: 1 }),
    () => approve({}),
  ];
  for (const forge of forgeries) await assertRefused(forge(), 'signature.invalid');
  assert.deepEqual(await approve(right), { status: 'approved', failuresBefore: 0 });
});

test('an approval cannot be used for another question', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const first = await asked(site, holder);
  const { call, key } = await takeAuthKey(site, holder, first.view);
  const { id: credentialId } = holder.stored;
  const jws = await signJws(
    key,
    { typ: 'ecps-approval+jwt', kid: credentialId },
    approvalPayload(first.view, credentialId, first.number),
  );
  const second = await asked(site, holder);
  const replayed = call('POST', `/api/approvals/${second.view.id}/approval`, { body: { credentialId, jws } });
  await assertRefused(replayed, 'signature.invalid');
});

test('nobody else’s phone answers, evaluates or refuses', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const stranger = await handOver(site, { nationalId: rpps('99700014253') });
  const { view, number } = await asked(site, holder);
  const answers = { number, password };
  await assertRefused(stranger.phone.approve(stranger.stored, view, answers), 'approval.unknown');
  await assertRefused(stranger.phone.refuse(view.id, stranger.stored.id, 'not_me'), 'approval.unknown');
  await assertRefused(stranger.phone.approve(holder.stored, view, answers), 'credential.unknown');
  await assertRefused(stranger.phone.refuse(view.id, holder.stored.id, 'refused'), 'credential.unknown');
  await assertRefused(stranger.phone.deactivate(holder.stored.id), 'credential.unknown');
  await assertRefused(
    stranger.phone.changePassword(holder.stored, { password, newPassword: 'un bol de soupe' }),
    'credential.unknown',
  );
  assert.equal((await holder.phone.listCredentials())[0]?.password.failures, 0);
});

test('passwords are guessed only while a question is open', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const { view, number } = await asked(site, holder);
  await holder.phone.refuse(view.id, holder.stored.id, 'refused');
  await assertRefused(holder.phone.approve(holder.stored, view, { number, password }), 'approval.ended');
  const late = await asked(site, holder);
  site.clock.setAhead(2 * minuteMs);
  await assertRefused(
    holder.phone.approve(holder.stored, late.view, { number: late.number, password }),
    'approval.ended',
  );
  assert.equal((await holder.phone.listCredentials())[0]?.password.failures, 0);
});

test('what is no element of the group is not evaluated and not counted', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const { view } = await asked(site, holder);
  const call = callsOf(site, holder.phone);
  const { id: credentialId, fingerprint } = holder.stored;
  const infinity = new Uint8Array(33);
  const offCurve = new Uint8Array(33).fill(255);
  offCurve[0] = 2;
  const uncompressed = new Uint8Array(65).fill(4);
  for (const element of [infinity, offCurve, uncompressed, new Uint8Array()]) {
    const body = { credentialId, fingerprint, blinded: toBase64Url(element) };
    const refused = await assertRefused(
      call('POST', `/api/approvals/${view.id}/evaluation`, { body }),
      'request.invalid',
    );
    assert.equal(refused.field, 'blinded');
  }
  assert.equal((await holder.phone.listCredentials())[0]?.password.failures, 0);
});

test('a change of password gives one element beyond the guess, not two', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, stored } = await handOver(site);
  const call = callsOf(site, phone);
  const change = await call<ApprovalView>('POST', `/api/credentials/${stored.id}/password-change`);
  const evaluate = (text: string) => evaluateOnce(site, { phone, stored }, change.id, text);
  const { key } = await takeAuthKey(site, { phone, stored }, change);
  const jws = await signJws(
    key,
    { typ: 'ecps-approval+jwt', kid: stored.id },
    approvalPayload(change, stored.id, null),
  );
  await call('POST', `/api/approvals/${change.id}/approval`, { body: { credentialId: stored.id, jws } });
  await evaluate('un bol de soupe');
  await assertRefused(evaluate('un autre bol'), 'approval.ended');
});

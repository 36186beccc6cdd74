import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ApprovalView } from '../../src/authenticator/wire.ts';
import { type EcpsSite, openEcpsSite } from '../support/ecps-site.ts';
import {
  type ActivePhone,
  assertRefused,
  callsOf,
  handOver,
  openPhone,
  password,
  proveByMail,
  shownApproval,
  signAnswer,
  takeAuthKey,
} from '../support/test-phone.ts';

const minuteMs = 60_000;
const signInId = 'sign-in';

/** A question to a phone whose K_auth the test holds, so that each call can be made alone, and late. */
interface Scene {
  site: EcpsSite;
  holder: ActivePhone;
  view: ApprovalView;
  number: number;
  keys: Awaited<ReturnType<typeof takeAuthKey>>;
}

async function openScene(t: TestContext): Promise<Scene> {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const asked = await site.ask();
  assert.ok(asked.outcome === 'pending');
  const view = await shownApproval(holder);
  const keys = await takeAuthKey(site, holder, view);
  return { site, holder, view, number: asked.approval.number, keys };
}

const wrongNumber = ({ view, number }: Scene) => view.numbers?.find((one) => one !== number) ?? 0;
const asked = ({ view }: Scene) => ({ id: view.id, signInId });
const statusOf = async (scene: Scene) =>
  (await scene.site.authenticator.findApproval(scene.view.id, signInId))?.status;

/** What makes each event that a phone can make. */
const ofPhone = {
  evaluated: ({ site, holder, view }: Scene) => takeAuthKey(site, holder, view),
  signed: (scene: Scene) => signAnswer(scene, scene.number),
  'signed with another number': (scene: Scene) => signAnswer(scene, wrongNumber(scene)),
  refused: ({ holder, view }: Scene) => holder.phone.refuse(view.id, holder.stored.id, 'refused'),
  'said to be somebody else’s': ({ holder, view }: Scene) =>
    holder.phone.refuse(view.id, holder.stored.id, 'not_me'),
};

/** Those of the sign-in that asked. */
const ofSignIn = {
  superseded: ({ site }: Scene) => site.ask({ signInId: 'newer' }),
  cancelled: ({ site, ...scene }: Scene) => site.authenticator.cancelApproval(asked({ site, ...scene })),
};

/** Each end of a pending question, and what led to it. */
const ends: Record<string, (scene: Scene) => Promise<unknown>> = {
  approved: ofPhone.signed,
  wrong_number: ofPhone['signed with another number'],
  refused: ofPhone.refused,
  not_me: ofPhone['said to be somebody else’s'],
  superseded: ofSignIn.superseded,
  cancelled: ofSignIn.cancelled,
  expired: async ({ site }) => site.clock.setAhead(2 * minuteMs),
  async consumed(scene) {
    await ofPhone.signed(scene);
    assert.ok(await scene.site.authenticator.consumeApproval(asked(scene)));
  },
};

for (const [status, reach] of Object.entries(ends))
  test(`a question that is ${status} is over for every phone and every sign-in`, async (t) => {
    const scene = await openScene(t);
    assert.equal(await statusOf(scene), 'pending');
    await reach(scene);
    assert.equal(await statusOf(scene), status);
    for (const call of Object.values(ofPhone)) await assertRefused(call(scene), 'approval.ended');
    for (const call of Object.values(ofSignIn)) await call(scene);
    assert.equal(await statusOf(scene), status);
    const { approvals } = await scene.holder.phone.watch({ waitSeconds: 0 });
    assert.ok(approvals.every(({ id }) => id !== scene.view.id));
    const taken = await scene.site.authenticator.consumeApproval(asked(scene));
    assert.equal(taken !== undefined, status === 'approved');
  });

test('a pending question is none that can be consumed, and evaluates one element after another', async (t) => {
  const scene = await openScene(t);
  await ofPhone.evaluated(scene);
  assert.equal(await scene.site.authenticator.consumeApproval(asked(scene)), undefined);
  assert.equal(await statusOf(scene), 'pending');
});

test('an e-CPS that is frozen or expired answers nothing, and one that is locked may still refuse', async (t) => {
  const frozen = await openScene(t);
  await frozen.site.database.write((unit) =>
    unit
      .as<{ authenticator_credential: { frozen_at: number } }>()
      .updateTable('authenticator_credential')
      .set({ frozen_at: frozen.site.clock.now() })
      .execute(),
  );
  for (const call of Object.values(ofPhone)) await assertRefused(call(frozen), 'credential.frozen');
  assert.deepEqual((await frozen.holder.phone.watch({ waitSeconds: 0 })).approvals, []);

  const expired = await openScene(t);
  await expired.site.database.write((unit) =>
    unit
      .as<{ authenticator_credential: { expires_at: number } }>()
      .updateTable('authenticator_credential')
      .set({ expires_at: expired.site.clock.now() })
      .execute(),
  );
  for (const call of Object.values(ofPhone)) await assertRefused(call(expired), 'credential.expired');

  const locked = await openScene(t);
  for (let n = 0; n < 2; n++) await ofPhone.evaluated(locked);
  await assertRefused(ofPhone.evaluated(locked), 'credential.locked');
  await ofPhone.refused(locked);
  assert.equal(await statusOf(locked), 'refused');
});

test('the question to her other phone: agreed, refused, said to be somebody else’s, or too late', async (t) => {
  for (const [answer, end] of [
    ['agreed', 'verified'],
    ['refused', 'refused'],
    ['not_me', 'refused'],
    ['late', 'awaiting_consent'],
  ] as const) {
    const site = await openEcpsSite(t);
    const first = await handOver(site);
    const phone = await openPhone(site);
    await proveByMail(site, phone);
    const view = await shownApproval(first);
    assert.deepEqual([view.kind, view.numbers, view.service], ['activation', null, null]);
    if (answer === 'late') site.clock.setAhead(10 * minuteMs);
    const say = () =>
      answer === 'agreed' || answer === 'late'
        ? first.phone.approve(first.stored, view, { number: null, password })
        : first.phone.refuse(view.id, first.stored.id, answer);
    if (answer === 'late') await assertRefused(say(), 'approval.ended');
    else await say();
    const [enrolment] = await phone.listEnrolments();
    assert.equal(enrolment?.end ?? enrolment?.stage, end, answer);
    await assertRefused(first.phone.refuse(view.id, first.stored.id, 'refused'), 'approval.ended');
  }
});

test('a change of password has one end: signed, given up on the phone, or out of time', async (t) => {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  const { phone, stored } = holder;
  const open = async () => {
    const view = await callsOf(site, phone)<ApprovalView>(
      'POST',
      `/api/credentials/${stored.id}/password-change`,
    );
    return { site, holder, view, keys: await takeAuthKey(site, holder, view) };
  };
  const signed = await open();
  await signAnswer(signed, null);
  await assertRefused(signAnswer(signed, null), 'approval.ended');
  await assertRefused(phone.refuse(signed.view.id, stored.id, 'refused'), 'approval.ended');
  // The element of the new password, which has its end too.
  site.clock.setAhead(5 * minuteMs);
  await assertRefused(takeAuthKey(site, holder, signed.view), 'approval.ended');

  const given = await open();
  await phone.refuse(given.view.id, stored.id, 'refused');
  await assertRefused(signAnswer(given, null), 'approval.ended');

  const late = await open();
  site.clock.setAhead(10 * minuteMs);
  await assertRefused(signAnswer(late, null), 'approval.ended');
  assert.deepEqual((await phone.watch({ waitSeconds: 0 })).approvals, [], 'it is the phone’s own question');
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { CallRefused, type Phone } from '#ecps-phone';
import { blindPassword } from '../../src/authenticator/phone/password-oprf.ts';
import { createSignedCalls } from '../../src/authenticator/phone/signed-calls.ts';
import type { ApprovalView, EnrolmentStage } from '../../src/authenticator/wire.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { wrong } from '../support/removal-site.ts';
import {
  type ActivePhone,
  assertRefused,
  handOver,
  lastToken,
  openPhone,
  password,
  shownApproval,
} from '../support/test-phone.ts';

const minuteMs = 60_000;

/** An enrolment by mail at some stage, from the third on with another phone that was asked. */
interface Scene {
  site: EcpsSite;
  phone: Phone;
  id: string;
  token: string;
  first?: ActivePhone;
  asked?: ApprovalView;
}

async function openScene(t: TestContext, stage: EnrolmentStage): Promise<Scene> {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const needsPhone = stage !== 'requested' && stage !== 'mail_confirmed';
  const first = needsPhone ? await handOver(site) : undefined;
  const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const scene: Scene = { site, phone, id, token: lastToken(site), ...(first ? { first } : {}) };
  if (stage !== 'requested') await confirmMail(scene);
  if (first) scene.asked = await confirmCode(scene, first);
  if (stage === 'verified' || stage === 'active') await calls.consent_given(scene);
  if (stage === 'active') await calls.activated(scene);
  if (stage === 'ended') await calls.cancelled(scene);
  site.clock.setAhead(minuteMs);
  return scene;
}

async function confirmMail({ site, phone, id, token }: Scene): Promise<void> {
  await phone.redeem(token);
  await phone.sendCode(id);
  assert.equal(site.codes.length, 1);
}

async function confirmCode(scene: Scene, first: ActivePhone): Promise<ApprovalView> {
  await calls.code_matched(scene);
  return shownApproval(first);
}

const rightCode = ({ site }: Scene): string => site.codes.at(-1)?.code ?? '000000';

/** What makes each event of the machine, as a phone or a browser does it. */
const calls = {
  mail_sent: ({ phone, id }: Scene) => phone.sendMailAgain(id),
  redeemed: ({ phone, token }: Scene) => phone.redeem(token),
  code_sent: ({ phone, id }: Scene) => phone.sendCode(id),
  code_tried: (scene: Scene) => scene.phone.tryCode(scene.id, wrong(rightCode(scene))),
  code_matched: (scene: Scene) => scene.phone.tryCode(scene.id, rightCode(scene)),
  consent_asked: ({ phone, id }: Scene) => phone.askConsentAgain(id),
  async consent_given({ first, asked }: Scene) {
    assert.ok(first && asked);
    await first.phone.approve(first.stored, asked, { number: null, password });
  },
  async consent_refused({ first, asked }: Scene) {
    assert.ok(first && asked);
    await first.phone.refuse(asked.id, first.stored.id, 'refused');
  },
  evaluated: ({ site, phone, id }: Scene) => evaluate(site, phone, id),
  activated: ({ phone, id }: Scene) => phone.activate({ id, nationalId }, password),
  async blocked({ site }: Scene) {
    const pressed = await press(site.links[0]?.notMeUrl);
    if (pressed !== 200) throw new CallRefused(pressed, {});
  },
  cancelled: ({ phone, id }: Scene) => phone.cancelEnrolment(id),
} satisfies Record<string, (scene: Scene) => Promise<unknown>>;

const nationalId = { kind: 'rpps', value: nurse.nationalId.value } as const;

const evaluate = (site: EcpsSite, { device }: Phone, id: string) =>
  createSignedCalls({ baseUrl: site.url, device }).call('POST', `/api/enrolments/${id}/evaluation`, {
    body: { blinded: blindPassword(password).blinded },
  });

const press = async (url = '') =>
  (await fetch(url, { method: 'POST', headers: { origin: new URL(url).origin } })).status;

const [stays, used, ended] = ['enrolment.wrong_stage', 'activation.used', 'enrolment.ended'] as const;
const elsewhere = { code_tried: stays, code_matched: stays, code_sent: stays, consent_asked: stays };
const unproven = { evaluated: stays, activated: stays };
const answered = { consent_given: 'approval.ended', consent_refused: 'approval.ended' };
const stoppable = { blocked: 'to ended', cancelled: 'to ended' };

/** To which stage each event leads from each stage, or with which code it is refused and leaves it there. */
const table: Record<EnrolmentStage, Partial<Record<keyof typeof calls, string>>> = {
  requested: {
    ...{ ...elsewhere, ...unproven, ...stoppable },
    mail_sent: 'to requested',
    redeemed: 'to mail_confirmed',
  },
  mail_confirmed: {
    ...{ ...unproven, ...stoppable },
    mail_sent: stays,
    redeemed: used,
    code_sent: 'to mail_confirmed',
    code_tried: 'code.wrong',
    code_matched: 'to verified',
    consent_asked: stays,
  },
  awaiting_consent: {
    ...{ ...elsewhere, ...unproven, ...stoppable },
    mail_sent: stays,
    redeemed: used,
    consent_asked: 'request.too_many',
    consent_given: 'to verified',
    consent_refused: 'to ended',
  },
  verified: {
    ...{ ...elsewhere, ...answered, ...stoppable },
    mail_sent: stays,
    redeemed: used,
    evaluated: 'to verified',
    activated: 'to active',
  },
  active: {
    ...{ ...elsewhere, ...unproven, ...answered },
    mail_sent: stays,
    redeemed: used,
    cancelled: stays,
    // What the activation made is frozen.
    blocked: 'to active',
  },
  ended: {
    ...answered,
    mail_sent: ended,
    redeemed: used,
    code_sent: ended,
    code_tried: ended,
    code_matched: ended,
    consent_asked: ended,
    evaluated: ended,
    activated: ended,
    blocked: 'unknown',
    cancelled: ended,
  },
};

async function stageOf({ site, id }: Scene): Promise<string | undefined> {
  const rows = site.database.as<{ authenticator_enrolment: { id: string; stage: string } }>();
  const row = await rows
    .selectFrom('authenticator_enrolment')
    .select('stage')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.stage;
}

for (const [stage, expected] of Object.entries(table) as [EnrolmentStage, Record<string, string>][]) {
  const steps = Object.entries(expected) as [keyof typeof calls, string][];

  test(`an enrolment that is ${stage} stays so whatever is out of turn`, async (t) => {
    const scene = await openScene(t, stage);
    for (const [event, outcome] of steps.filter(([, to]) => !to.startsWith('to '))) {
      const refused = await calls[event](scene).catch((error: unknown) => error);
      assert.ok(refused instanceof CallRefused, `${event}: ${String(refused)}`);
      assert.equal(refused.code, outcome, event);
      assert.equal(await stageOf(scene), stage, event);
    }
  });

  for (const [event, outcome] of steps.filter(([, to]) => to.startsWith('to ')))
    test(`${event} leads from ${stage} ${outcome}`, async (t) => {
      const scene = await openScene(t, stage);
      await calls[event](scene);
      assert.equal(`to ${await stageOf(scene)}`, outcome);
    });
}

test('the end of its time, a block and a refusal are each told to the phone, a cancellation is not', async (t) => {
  for (const [stage, event, end] of [
    ['awaiting_consent', 'blocked', 'blocked'],
    ['awaiting_consent', 'consent_refused', 'refused'],
    ['verified', 'blocked', 'blocked'],
    ['verified', 'cancelled', undefined],
  ] as const) {
    const scene = await openScene(t, stage);
    await calls[event](scene);
    assert.equal((await scene.phone.listEnrolments())[0]?.end, end, event);
    const { approvals = [] } = (await scene.first?.phone.watch({ waitSeconds: 0 })) ?? {};
    assert.deepEqual(approvals, [], 'her other phone is not asked any more');
  }
});

for (const stage of ['requested', 'mail_confirmed', 'awaiting_consent', 'verified'] as const)
  test(`time ends an enrolment that is ${stage}`, async (t) => {
    const scene = await openScene(t, stage);
    scene.site.clock.setAhead(24 * 60 * minuteMs + minuteMs);
    const { phone, id } = scene;
    const [listed] = await phone.listEnrolments();
    assert.deepEqual([listed?.stage, listed?.end], ['ended', 'expired']);
    const late = ['mail_sent', 'code_sent', 'code_tried', 'consent_asked', 'evaluated', 'cancelled'] as const;
    for (const event of late) await assertRefused(calls[event](scene), 'enrolment.ended');
    await assertRefused(calls.redeemed(scene), 'activation.expired');
    await assertRefused(phone.activate({ id, nationalId }, password), 'enrolment.ended');
  });

test('one enrolment has twenty elements evaluated, and not one more', async (t) => {
  const { site, phone, id } = await openScene(t, 'verified');
  for (let n = 0; n < 20; n++) await evaluate(site, phone, id);
  const refused = await assertRefused(evaluate(site, phone, id), 'request.too_many');
  assert.ok(refused.retryAt);
});

test('an enrolment by card: scanned, blocked before or after, given up, or out of time', async (t) => {
  const site = await openEcpsSite(t);
  const open = async () => {
    const verification = { ...nurse, method: 'card', verifiedAt: site.clock.now() } as const;
    const request = { verification, rpps: nurse.nationalId.value, locale: 'fr' } as const;
    const card = await site.authenticator.createCardEnrolment(request);
    const state = () => site.authenticator.findCardEnrolment(card.id);
    const phone = await openPhone(site);
    return { ...card, phone, state, scan: () => phone.redeem(new URL(card.url).hash.slice(1)) };
  };
  const blocked = await open();
  assert.equal(await press(blocked.notMeUrl), 200);
  assert.equal(await blocked.state(), 'ended');
  await assertRefused(blocked.scan(), 'activation.used');

  const scanned = await open();
  const { id } = await scanned.scan();
  for (const call of [scanned.phone.sendCode, scanned.phone.sendMailAgain, scanned.phone.askConsentAgain])
    await assertRefused(call(id), 'enrolment.wrong_stage');
  assert.equal(await press(scanned.notMeUrl), 200);
  await assertRefused(scanned.phone.activate({ id, nationalId }, password), 'enrolment.ended');

  const given = await open();
  await given.scan();
  await given.phone.cancelEnrolment(given.id);
  assert.equal(await given.state(), 'ended');
  await assertRefused(given.scan(), 'activation.used');

  const late = await open();
  site.clock.setAhead(30 * minuteMs);
  assert.equal(await late.state(), 'ended');
  await assertRefused(late.scan(), 'activation.expired');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EnrolmentEvent, type EnrolmentState, next, nextMessageAt, stageAt } from './enrolment.ts';
import type { EnrolmentStage } from './wire.ts';

const start = 1_800_000_000_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const at = start + minuteMs;

const requested: EnrolmentState = {
  channel: 'mail',
  stage: 'requested',
  end: null,
  device: 'phone',
  expiresAt: start + 24 * hourMs,
  mailsSentAt: [start],
  smsSentAt: [],
  code: null,
  consent: null,
  evaluations: 0,
};
const code = { expiresAt: at + 10 * minuteMs, tries: 0 };
const states: Record<EnrolmentStage, EnrolmentState> = {
  requested,
  mail_confirmed: { ...requested, stage: 'mail_confirmed', code, smsSentAt: [start] },
  awaiting_consent: { ...requested, stage: 'awaiting_consent', consent: { expiresAt: at } },
  verified: { ...requested, stage: 'verified' },
  active: { ...requested, stage: 'active' },
  ended: { ...requested, stage: 'ended', end: 'refused' },
};

const events: Record<EnrolmentEvent['type'], EnrolmentEvent> = {
  mail_sent: { type: 'mail_sent', at },
  redeemed: { type: 'redeemed', at, device: 'phone' },
  code_sent: { type: 'code_sent', at },
  code_tried: { type: 'code_tried', at },
  code_matched: { type: 'code_matched', at, consentNeeded: false },
  consent_asked: { type: 'consent_asked', at },
  consent_given: { type: 'consent_given', at },
  consent_refused: { type: 'consent_refused', at },
  evaluated: { type: 'evaluated', at },
  activated: { type: 'activated', at },
  blocked: { type: 'blocked', at },
  cancelled: { type: 'cancelled', at },
};

/** What each event leads to in each stage: the next stage, or the refusal in brackets. */
const table: Record<EnrolmentEvent['type'], Partial<Record<EnrolmentStage, string>>> = {
  mail_sent: { requested: 'requested' },
  redeemed: {
    requested: 'mail_confirmed',
    mail_confirmed: '(link_used)',
    awaiting_consent: '(link_used)',
    verified: '(link_used)',
    active: '(link_used)',
  },
  code_sent: { mail_confirmed: 'mail_confirmed' },
  code_tried: { mail_confirmed: 'mail_confirmed' },
  code_matched: { mail_confirmed: 'verified' },
  consent_asked: { awaiting_consent: 'awaiting_consent' },
  consent_given: { awaiting_consent: 'verified' },
  consent_refused: { awaiting_consent: 'ended' },
  evaluated: { verified: 'verified' },
  activated: { verified: 'active' },
  blocked: { requested: 'ended', mail_confirmed: 'ended', awaiting_consent: 'ended', verified: 'ended' },
  cancelled: { requested: 'ended', mail_confirmed: 'ended', awaiting_consent: 'ended', verified: 'ended' },
};

const outcome = (state: EnrolmentState, event: EnrolmentEvent): string => {
  const step = next(state, event);
  return 'refusal' in step ? `(${step.refusal})` : step.state.stage;
};

for (const [type, event] of Object.entries(events)) {
  for (const [stage, state] of Object.entries(states)) {
    const expected =
      stage === 'ended'
        ? '(ended)'
        : (table[type as EnrolmentEvent['type']][stage as EnrolmentStage] ?? '(wrong_stage)');
    test(`${type} in stage ${stage}: ${expected}`, () => {
      assert.equal(outcome(state, event), expected);
    });
  }
}

test('time ends every stage but the last one', () => {
  for (const state of Object.values(states)) {
    const late = state.expiresAt;
    assert.equal(stageAt(state, late), state.stage === 'active' ? 'active' : 'ended');
    if (state.stage !== 'active') assert.equal(outcome(state, { type: 'cancelled', at: late }), '(ended)');
  }
});

test('a redeemed link leaves an hour to finish', () => {
  const late = requested.expiresAt - 1;
  const step = next(requested, { type: 'redeemed', at: late, device: 'phone' });
  assert.ok('state' in step);
  assert.equal(step.state.expiresAt, late + hourMs);
});

test('a mail’s link is another phone’s to see, not to redeem', () => {
  assert.equal(outcome(requested, { type: 'redeemed', at, device: 'other' }), '(other_device)');
  assert.equal(outcome(states.verified, { type: 'redeemed', at, device: 'other' }), '(other_device)');
});

test('a card’s link is the first phone’s that redeems it, and needs no code', () => {
  const card: EnrolmentState = { ...requested, channel: 'card', device: null };
  const step = next(card, { type: 'redeemed', at, device: 'any' });
  assert.ok('state' in step);
  assert.equal(step.state.stage, 'verified');
  assert.equal(step.state.device, 'any');
  assert.equal(outcome(step.state, { type: 'redeemed', at, device: 'other' }), '(other_device)');
});

test('the right code leads to the other phone where there is one', () => {
  const step = next(states.mail_confirmed, { type: 'code_matched', at, consentNeeded: true });
  assert.ok('state' in step);
  assert.equal(step.state.stage, 'awaiting_consent');
  assert.deepEqual(step.state.consent, { expiresAt: at + 10 * minuteMs });
});

test('a code has five tries and ten minutes', () => {
  let state = states.mail_confirmed;
  for (let tries = 1; tries <= 5; tries++) {
    const step = next(state, { type: 'code_tried', at });
    assert.ok('state' in step);
    assert.equal(step.state.code?.tries, tries);
    state = step.state;
  }
  assert.equal(outcome(state, { type: 'code_tried', at }), '(code_dead)');
  assert.equal(outcome(states.mail_confirmed, { type: 'code_tried', at: code.expiresAt }), '(code_dead)');
  assert.equal(outcome({ ...states.mail_confirmed, code: null }, { type: 'code_tried', at }), '(code_dead)');
});

test('a new code has tries of its own', () => {
  const used = { ...states.mail_confirmed, code: { ...code, tries: 5 } };
  const step = next(used, { type: 'code_sent', at });
  assert.ok('state' in step);
  assert.deepEqual(step.state.code, { expiresAt: at + 10 * minuteMs, tries: 0 });
});

test('messages of one kind are 40 seconds apart, three an hour', () => {
  assert.equal(nextMessageAt([], at), null);
  assert.equal(nextMessageAt([at], at), at + 40_000);
  assert.equal(nextMessageAt([at], at + 40_000), null);
  const three = [start, start + minuteMs, start + 2 * minuteMs];
  assert.equal(nextMessageAt(three, start + 5 * minuteMs), start + hourMs);
  assert.equal(nextMessageAt(three, start + hourMs), null);
  const step = next(
    { ...states.mail_confirmed, smsSentAt: three },
    { type: 'code_sent', at: start + 5 * minuteMs },
  );
  assert.deepEqual(step, { refusal: 'too_many', retryAt: start + hourMs });
});

test('her other phone is not asked again while it is asked', () => {
  const waiting = { ...states.awaiting_consent, consent: { expiresAt: at + 1 } };
  assert.deepEqual(next(waiting, { type: 'consent_asked', at }), { refusal: 'too_many', retryAt: at + 1 });
});

test('elements are evaluated twenty times an enrolment', () => {
  assert.equal(outcome({ ...states.verified, evaluations: 19 }, events.evaluated), 'verified');
  assert.equal(outcome({ ...states.verified, evaluations: 20 }, events.evaluated), '(too_many)');
});

test('an end says why, and when', () => {
  for (const [type, end] of [
    ['blocked', 'blocked'],
    ['cancelled', 'cancelled'],
  ] as const) {
    const step = next(states.mail_confirmed, { type, at });
    assert.ok('state' in step);
    assert.equal(step.state.end, end);
    assert.equal(step.state.expiresAt, at);
    assert.equal(step.state.code, null);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApprovalEvent, type ApprovalState, next, statusAt } from './approval.ts';
import type { ApprovalStatus } from './face.ts';

const start = 1_800_000_000_000;
const at = start + 1000;
const pending: ApprovalState = {
  kind: 'sign_in',
  status: 'pending',
  expiresAt: start + 120_000,
  newElement: null,
};

const answers: [ApprovalEvent, ApprovalStatus][] = [
  [{ type: 'signed', at, numberMatches: true }, 'approved'],
  [{ type: 'signed', at, numberMatches: false }, 'wrong_number'],
  [{ type: 'refused', at, reason: 'refused' }, 'refused'],
  [{ type: 'refused', at, reason: 'not_me' }, 'not_me'],
  [{ type: 'superseded', at }, 'superseded'],
  [{ type: 'cancelled', at }, 'cancelled'],
];
const over: ApprovalStatus[] = [
  'approved',
  'consumed',
  'refused',
  'not_me',
  'wrong_number',
  'superseded',
  'cancelled',
];

function outcome(state: ApprovalState, event: ApprovalEvent): string {
  const step = next(state, event);
  return 'refusal' in step ? step.refusal : step.state.status;
}

for (const [event, status] of answers) {
  test(`a pending question that is ${status} is so`, () => {
    assert.equal(outcome(pending, event), status);
  });

  test(`a question that is over is not ${status} any more`, () => {
    for (const earlier of over) assert.equal(outcome({ ...pending, status: earlier }, event), 'ended');
    assert.equal(outcome(pending, { ...event, at: pending.expiresAt }), 'ended');
  });
}

test('time ends a pending question and nothing else', () => {
  assert.equal(statusAt(pending, pending.expiresAt - 1), 'pending');
  assert.equal(statusAt(pending, pending.expiresAt), 'expired');
  for (const status of over) assert.equal(statusAt({ ...pending, status }, pending.expiresAt), status);
});

test('a sign-in is consumed once it is approved, within a minute of its end', () => {
  const approved: ApprovalState = { ...pending, status: 'approved' };
  assert.equal(outcome(approved, { type: 'consumed', at }), 'consumed');
  assert.equal(outcome(approved, { type: 'consumed', at: pending.expiresAt + 59_999 }), 'consumed');
  assert.equal(outcome(approved, { type: 'consumed', at: pending.expiresAt + 60_000 }), 'ended');
  for (const status of ['pending', ...over].filter((one) => one !== 'approved') as ApprovalStatus[])
    assert.equal(outcome({ ...pending, status }, { type: 'consumed', at }), 'ended');
});

test('only a sign-in is consumed', () => {
  for (const kind of ['activation', 'password'] as const)
    assert.equal(outcome({ ...pending, kind, status: 'approved' }, { type: 'consumed', at }), 'ended');
});

test('every element of a pending question is a guess', () => {
  for (const kind of ['sign_in', 'activation', 'password'] as const) {
    const step = next({ ...pending, kind }, { type: 'evaluated', at, element: 'one' });
    assert.deepEqual(step, { state: { ...pending, kind }, guess: true });
  }
});

test('nothing is evaluated for a question that is over', () => {
  const event = { type: 'evaluated', at, element: 'one' } as const;
  for (const status of over) assert.equal(outcome({ ...pending, status }, event), 'ended');
  assert.equal(outcome(pending, { ...event, at: pending.expiresAt }), 'ended');
});

test('after its signature a change of password has one further element, which is no guess', () => {
  const proven: ApprovalState = { ...pending, kind: 'password', status: 'approved' };
  const step = next(proven, { type: 'evaluated', at, element: 'new' });
  assert.deepEqual(step, { state: { ...proven, newElement: 'new' }, guess: false });
  const used = { ...proven, newElement: 'new' };
  assert.equal(outcome(used, { type: 'evaluated', at, element: 'new' }), 'approved');
  assert.equal(outcome(used, { type: 'evaluated', at, element: 'another' }), 'ended');
});

test('that element too has an end', () => {
  const proven: ApprovalState = { ...pending, kind: 'password', status: 'approved' };
  assert.equal(outcome(proven, { type: 'evaluated', at: pending.expiresAt, element: 'new' }), 'ended');
});

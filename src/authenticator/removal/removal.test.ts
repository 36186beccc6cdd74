import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRemovalState, next, type RemovalEvent, type RemovalState, triesLeft } from './removal.ts';

const second = 1000;
const minute = 60 * second;

/** What is left after a series of events, none of which may be refused. */
function after(...events: RemovalEvent[]): RemovalState {
  return events.reduce((state, event) => {
    const step = next(state, event);
    assert.ok('state' in step, `${event.type} is refused`);
    return step.state;
  }, newRemovalState(0));
}

const refusalOf = (state: RemovalState, event: RemovalEvent) => {
  const step = next(state, event);
  return 'refusal' in step ? step.refusal : undefined;
};

test('both codes prove a removal, and what is removed stays so', () => {
  const removed = after(
    { type: 'codes_sent', at: 1 },
    { type: 'codes_tried', at: 2 },
    { type: 'proven', proof: 'codes', at: 2 },
    { type: 'removed', at: 3 },
  );
  assert.equal(removed.stage, 'removed');
  assert.equal(removed.codes, null);
  for (const type of ['codes_sent', 'codes_tried', 'removed', 'nothing_found'] as const)
    assert.equal(refusalOf(removed, { type, at: 4 }), 'wrong_stage', type);
  assert.equal(refusalOf(removed, { type: 'proven', proof: 'card', at: 4 }), 'wrong_stage');
});

test('codes are tried five times within ten minutes, and never where none were sent', () => {
  assert.equal(refusalOf(newRemovalState(0), { type: 'codes_tried', at: 1 }), 'codes_dead');
  const tries = Array.from({ length: 5 }, (_, at) => ({ type: 'codes_tried', at: at + 2 }) as const);
  const tried = after({ type: 'codes_sent', at: 1 }, ...tries);
  assert.equal(triesLeft(tried, 10), 0);
  assert.equal(refusalOf(tried, { type: 'codes_tried', at: 10 }), 'codes_dead');
  const sent = after({ type: 'codes_sent', at: 0 });
  assert.equal(triesLeft(sent, 10 * minute - 1), 5);
  assert.equal(refusalOf(sent, { type: 'codes_tried', at: 10 * minute }), 'codes_dead');
});

test('new codes come after 40 seconds, three times an hour, with tries of their own', () => {
  const once = after({ type: 'codes_sent', at: 0 }, { type: 'codes_tried', at: 1 });
  assert.deepEqual(next(once, { type: 'codes_sent', at: 39 * second }), {
    refusal: 'too_many',
    retryAt: 40 * second,
  });
  const thrice = after(
    { type: 'codes_sent', at: 0 },
    { type: 'codes_sent', at: 40 * second },
    { type: 'codes_sent', at: 80 * second },
  );
  assert.equal(triesLeft(thrice, 81 * second), 5);
  assert.deepEqual(next(thrice, { type: 'codes_sent', at: 20 * minute }), {
    refusal: 'too_many',
    retryAt: 60 * minute,
  });
});

test('a removal ends after half an hour, but not before its last codes', () => {
  assert.equal(refusalOf(newRemovalState(0), { type: 'codes_sent', at: 30 * minute }), 'ended');
  const late = after({ type: 'codes_sent', at: 29 * minute });
  assert.equal(late.expiresAt, 39 * minute);
});

test('a card that proves nothing leaves the other ways open', () => {
  const refused = after({ type: 'codes_sent', at: 0 }, { type: 'card_refused', reason: 'not_hers', at: 1 });
  assert.equal(refused.cardRefusal, 'not_hers');
  assert.equal(triesLeft(refused, 2), 5);
  const nothing = after({ type: 'proven', proof: 'card', at: 0 }, { type: 'nothing_found', at: 1 });
  assert.deepEqual(nothing, { ...newRemovalState(0), cardRefusal: 'not_hers' });
});

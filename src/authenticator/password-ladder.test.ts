import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUsedUp, passwordState } from './password-ladder.ts';

const now = 1_800_000_000_000;
const left = (failures: number, lifetimeFailures = failures) => {
  const { triesLeft, consequence } = passwordState({ failures, lifetimeFailures, lockedUntil: null }, now);
  return [triesLeft, consequence === 'destroyed' ? consequence : consequence.pauseMinutes];
};

test('what is left is told before it hurts: 15 minutes, 24 hours, the end', () => {
  const expected = [
    [3, 15],
    [2, 15],
    [1, 15],
    [3, 1440],
    [2, 1440],
    [1, 1440],
    [3, 'destroyed'],
    [2, 'destroyed'],
    [1, 'destroyed'],
    [0, 'destroyed'],
  ];
  assert.deepEqual(
    expected.map((_, failures) => left(failures)),
    expected,
  );
});

test('the count of a whole life ends it too', () => {
  assert.deepEqual(left(0, 48), [2, 'destroyed']);
  assert.deepEqual(left(1, 47), [2, 15]);
  assert.equal(isUsedUp({ failures: 1, lifetimeFailures: 50, lockedUntil: null }), true);
  assert.equal(isUsedUp({ failures: 9, lifetimeFailures: 9, lockedUntil: null }), true);
  assert.equal(isUsedUp({ failures: 8, lifetimeFailures: 49, lockedUntil: null }), false);
});

test('a lock leaves no try, and passes', () => {
  const count = { failures: 3, lifetimeFailures: 3, lockedUntil: now + 1 };
  assert.equal(passwordState(count, now).triesLeft, 0);
  assert.equal(passwordState(count, now).lockedUntil, now + 1);
  assert.equal(passwordState(count, now + 1).triesLeft, 3);
  assert.equal(passwordState(count, now + 1).lockedUntil, null);
});

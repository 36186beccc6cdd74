import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOf } from './events.ts';

test('an event is told in words, with what matters of its details', () => {
  assert.deepEqual(wordsOf('card.refused', { code: 'expired' }, 'fr'), {
    who: 'carte',
    what: 'refusée : expired',
  });
  assert.equal(wordsOf('sandbox.clock_advanced', { advanceMs: 120_000 }, 'en').what, 'advanced by 2 min');
});

test('an event without words shows its name', () => {
  assert.deepEqual(wordsOf('audit.chain_verified', {}, 'fr'), { who: 'audit', what: 'chain verified' });
});

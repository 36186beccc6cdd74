import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldHash, formatHash, hashBytes, hashText } from './hash.ts';

test('numbers that follow one another do not share a hash', () => {
  const hashes = new Set(
    Array.from({ length: 200_000 }, (_, index) => formatHash(hashText(`8${10_000_000_000 + index}`))),
  );
  assert.equal(hashes.size, 200_000);
});

test('either half alone is spread like a random one', () => {
  const count = 100_000;
  const halves = Array.from({ length: count }, (_, index) => hashText(`role ${index}`));
  // A random 32-bit value repeats about once among this many: n² / 2³³.
  for (const half of ['high', 'low'] as const) {
    assert.ok(new Set(halves.map((hash) => hash[half])).size > count - 10);
  }
});

test('bytes and text of one line agree for ASCII', () => {
  assert.deepEqual(hashBytes(Buffer.from('a|b|c'), 0, 5), hashText('a|b|c'));
});

test('a fold of hashes depends on their order', () => {
  const [one, other] = [hashText('one'), hashText('other')];
  const none = { high: 0, low: 0 };
  assert.notDeepEqual(foldHash(foldHash(none, one), other), foldHash(foldHash(none, other), one));
  assert.notDeepEqual(foldHash(foldHash(none, one), one), foldHash(none, one));
});

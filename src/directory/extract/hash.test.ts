import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatHash, hashBytes, hashText } from './hash.ts';
import { HashMap } from './hash-map.ts';

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

test('a map tells whether the value of a key is new, through all its growth', () => {
  const map = new HashMap();
  const keys = Array.from({ length: 20_000 }, (_, index) => hashText(`key ${index}`));
  assert.ok(keys.every((key) => map.set(key, { high: 1, low: 2 })));
  assert.ok(keys.every((key) => !map.set(key, { high: 1, low: 2 })));
  assert.ok(keys.every((key) => map.set(key, { high: 2, low: 2 })));
});

test('a hash of zero is a key like others', () => {
  const map = new HashMap();
  assert.equal(map.set({ high: 0, low: 0 }, { high: 0, low: 0 }), true);
  assert.equal(map.set({ high: 0, low: 0 }, { high: 0, low: 0 }), false);
});

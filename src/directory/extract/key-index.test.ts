import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashText } from './hash.ts';
import { KeyIndex } from './key-index.ts';

test('keys are numbered in the order in which they are first seen, through all growth', () => {
  const index = new KeyIndex();
  const keys = Array.from({ length: 20_000 }, (_, number) => hashText(`key ${number}`));
  assert.deepEqual(
    keys.map(({ high, low }) => index.add(high, low)),
    keys.map((_, number) => number),
  );
  assert.ok(keys.every(({ high, low }, number) => index.add(high, low) === number));
  assert.ok(keys.every(({ high, low }, number) => index.find(high, low) === number));
  assert.equal(index.size, keys.length);
  assert.equal(index.find(1, 2), -1);
});

test('an index that was saved goes on where it was', () => {
  const index = new KeyIndex();
  for (const word of ['a', 'b', 'c']) index.add(hashText(word).high, hashText(word).low);
  const later = KeyIndex.of(Uint32Array.from(index.keys()));
  assert.equal(later.find(hashText('b').high, hashText('b').low), 1);
  assert.equal(later.add(hashText('d').high, hashText('d').low), 3);
});

test('a hash of zero is a key like others', () => {
  const index = new KeyIndex();
  assert.deepEqual([index.add(0, 0), index.add(0, 0), index.size], [0, 0, 1]);
});

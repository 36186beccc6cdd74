import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskEmail, maskPhone } from './mask.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('a mask shows enough for its owner and no more', () => {
  assert.equal(maskEmail('claire.fontaine@laposte.net'), 'c•••@laposte.net');
  assert.equal(maskEmail('c@laposte.net'), 'c•••@laposte.net');
  assert.equal(plain(maskPhone('0639980142')), '06 •• •• •• 42');
  assert.equal(plain(maskPhone('+33639980142')), '+336 •• •• •• 42');
  assert.equal(plain(maskPhone('+687751234')), '+687 •• •• 34');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieSigner } from './cookie-signer.ts';

const text = 'wallet_session=an id';

test('a signature holds for its text and nothing else', () => {
  const signer = createCookieSigner(['a key of the cookies']);
  const signature = signer.sign(text);
  assert.ok(signer.verify(text, signature));
  assert.equal(signer.verify('wallet_session=another id', signature), false);
  assert.equal(signer.verify(text, signature.slice(0, -2)), false);
  assert.equal(signer.verify(text, ''), false);
});

test('an older key verifies until it is dropped, and says that it is older', () => {
  const before = createCookieSigner(['the old key']).sign(text);
  const signer = createCookieSigner(['the new key', 'the old key']);
  assert.equal(signer.index(text, before), 1);
  assert.equal(signer.index(text, signer.sign(text)), 0);
  assert.equal(createCookieSigner(['the new key']).index(text, before), -1);
});

test('without a key nothing is signed', () => {
  assert.throws(() => createCookieSigner([]), /cookieKeys/);
});

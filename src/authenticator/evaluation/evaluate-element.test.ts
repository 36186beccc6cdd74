import assert from 'node:assert/strict';
import { test } from 'node:test';
import { p256_oprf } from '@noble/curves/nist.js';
import { evaluateElement } from './evaluate-element.ts';

const { oprf } = p256_oprf;
const hex = (text: string) => Buffer.from(text, 'hex');
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

test('an element is evaluated as RFC 9497, appendix A.3.1, does it', () => {
  const key = hex('159749d750713afe245d2d39ccfaae8381c53ce92d098a9375ee70739c7ac0bf');
  const vectors = {
    '03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d':
      '030de02ffec47a1fd53efcdd1c6faf5bdc270912b8749e783c7ca75bb412958832',
    '03cc1df781f1c2240a64d1c297b3f3d16262ef5d4cf102734882675c26231b0838':
      '03a0395fe3828f2476ffcd1f4fe540e5a8489322d398be3c4e5a869db7fcb7c52c',
  };
  for (const [blinded, evaluated] of Object.entries(vectors))
    assert.deepEqual(evaluateElement(key, hex(blinded)), hex(evaluated));
});

test('any key and element give what the audited library gives, whichever sign comes out', () => {
  const signs = new Set<number | undefined>();
  for (let i = 0; i < 60; i++) {
    const { secretKey } = oprf.generateKeyPair();
    const { blinded } = oprf.blind(Buffer.from(`password ${i}`));
    const evaluated = evaluateElement(secretKey, blinded);
    assert.deepEqual(new Uint8Array(evaluated), oprf.blindEvaluate(secretKey, blinded));
    signs.add(evaluated[0]);
  }
  assert.deepEqual([...signs].sort(), [2, 3]);
});

test('the smallest and largest keys that add up are evaluated too; what is no element is refused', () => {
  const { blinded } = oprf.blind(Buffer.from('password'));
  for (const key of [2n, order - 2n]) {
    const bytes = hex(key.toString(16).padStart(64, '0'));
    assert.deepEqual(new Uint8Array(evaluateElement(bytes, blinded)), oprf.blindEvaluate(bytes, blinded));
  }
  const { secretKey } = oprf.generateKeyPair();
  for (const bytes of [Buffer.alloc(33), Buffer.alloc(33, 0xff), blinded.subarray(1), Buffer.alloc(1)])
    assert.throws(() => evaluateElement(secretKey, bytes));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSealing, UnsealingError } from './sealing.ts';

const sealing = createSealing(Buffer.alloc(32, 1), 'a purpose');
const payload = { to: 'claire.fontaine@example.fr', code: '482917' };

test('a sealed payload is read back, and shows nothing before', () => {
  const sealed = sealing.seal('job_1', payload);
  assert.deepEqual(sealing.open('job_1', sealed), payload);
  assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /claire|482917/);
  assert.notEqual(sealing.seal('job_1', payload), sealed);
});

test('another key, another purpose, another id or changed text opens nothing', () => {
  const sealed = sealing.seal('job_1', payload);
  const changed = Buffer.from(sealed, 'base64url');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  assert.throws(() => createSealing(Buffer.alloc(32, 2), 'a purpose').open('job_1', sealed), UnsealingError);
  assert.throws(() => createSealing(Buffer.alloc(32, 1), 'another').open('job_1', sealed), UnsealingError);
  assert.throws(() => sealing.open('job_2', sealed), UnsealingError);
  assert.throws(() => sealing.open('job_1', changed.toString('base64url')), UnsealingError);
  assert.throws(() => sealing.open('job_1', ''), UnsealingError);
});

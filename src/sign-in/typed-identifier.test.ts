import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTypedIdentifier } from './typed-identifier.ts';

test('an RPPS number is read with or without 8, an ADELI number with or without 0', () => {
  for (const [typed, kind, value] of [
    ['99700000013', 'rpps', '99700000013'],
    ['899700000013', 'rpps', '99700000013'],
    ['9970 0000 013', 'rpps', '99700000013'],
    [' 8-9970.0000\u00a0013 ', 'rpps', '99700000013'],
    ['9970–0000–013', 'rpps', '99700000013'],
    ['996123451', 'adeli', '996123451'],
    ['0996123451', 'adeli', '996123451'],
    ['99 6123 451', 'adeli', '996123451'],
    ['0b6077602', 'adeli', '0B6077602'],
    ['00B6077602', 'adeli', '0B6077602'],
  ] as const) {
    assert.deepEqual(parseTypedIdentifier(typed), { nationalId: { kind, value } }, typed);
  }
});

test('a wrong check digit is told apart from a number of another shape', () => {
  assert.deepEqual(parseTypedIdentifier('99700000014'), { error: 'check_digit' });
  assert.deepEqual(parseTypedIdentifier('996123452'), { error: 'check_digit' });
  for (const typed of ['9970000001', '9970000001345', '799700000013', '1996123451', 'claire@example.fr'])
    assert.deepEqual(parseTypedIdentifier(typed), { error: 'shape' }, typed);
  assert.deepEqual(parseTypedIdentifier(' - '), { error: 'empty' });
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { passesLuhn, withLuhnKey } from './luhn.ts';
import { formatIdNatPs, hasValidCheckDigit, parseIdNatPs } from './national-id.ts';

test('the wire form of each kind is read and written back', () => {
  for (const [wire, kind, value] of [
    ['899700000013', 'rpps', '99700000013'],
    ['0016000010', 'adeli', '016000010'],
    ['00B6077602', 'adeli', '0B6077602'],
    ['30B0168811/CPET00001', 'finessEmployee', '0B0168811/CPET00001'],
    ['538052778800034/8165', 'siretEmployee', '38052778800034/8165'],
  ] as const) {
    assert.deepEqual(parseIdNatPs(wire), { kind, value });
    assert.equal(formatIdNatPs({ kind, value }), wire);
  }
});

test('what has no prefix, a wrong length or a foreign character is no identifier', () => {
  for (const text of [
    '',
    '8',
    '99700000013',
    '89970000001',
    '8997000000134',
    '8A9700000013',
    '0/16000010',
    '2123456789',
  ]) {
    assert.equal(parseIdNatPs(text), undefined, text);
  }
});

test('the key of an RPPS number is Luhn over its 11 digits, never over the prefix', () => {
  assert.equal(hasValidCheckDigit({ kind: 'rpps', value: '99700000013' }), true);
  assert.equal(hasValidCheckDigit({ kind: 'rpps', value: '99700000014' }), false);
});

test('an ADELI number is checked where it is all digits', () => {
  assert.equal(hasValidCheckDigit({ kind: 'adeli', value: '016000010' }), true);
  assert.equal(hasValidCheckDigit({ kind: 'adeli', value: '016000011' }), false);
  assert.equal(hasValidCheckDigit({ kind: 'adeli', value: '0B6077602' }), true);
});

test('a key that was computed passes, and one wrong digit does not', () => {
  const number = withLuhnKey('9970000123');
  assert.equal(passesLuhn(number), true);
  assert.equal(passesLuhn(number.replace('123', '124')), false);
  assert.equal(passesLuhn(''), false);
  assert.equal(passesLuhn('12a'), false);
});

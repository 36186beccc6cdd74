import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseContacts, parseEmail, parseMobile, parseRpps } from './parse-contacts.ts';

test('mobiles are read in every way they are written in France', () => {
  for (const typed of [
    '0639980142',
    '06 39 98 01 42',
    '06.39.98.01.42',
    '06-39-98-01-42',
    '06\u00a039\u202f98\u00a001\u00a042',
    '+33639980142',
    '+33 6 39 98 01 42',
    '+33 (0)6 39 98 01 42',
    '0033639980142',
  ])
    assert.equal(parseMobile(typed), '0639980142', typed);
  assert.equal(parseMobile('0712345678'), '0712345678');
});

test('mobiles overseas are mobiles too', () => {
  assert.equal(parseMobile('+590 690 12 34 56'), '0690123456');
  assert.equal(parseMobile('+262 692 12 34 56'), '0692123456');
  assert.equal(parseMobile('0694 20 00 01'), '0694200001');
  assert.equal(parseMobile('+687 75 12 34'), '+687751234');
  assert.equal(parseMobile('00689 87 12 34 56'), '+68987123456');
});

test('other numbers are refused, a fixed line with its own reason', () => {
  for (const typed of ['0297000012', '+33 2 97 00 00 12'])
    assert.deepEqual(parseMobile(typed), { fault: 'not_mobile' }, typed);
  for (const typed of ['06', '063998014', '06399801423', '+447700900123', 'six', '+33 06', '06399801a2'])
    assert.deepEqual(parseMobile(typed), { fault: 'bad_phone' }, typed);
});

test('an address has its spaces dropped and its domain in lower case', () => {
  assert.equal(parseEmail('  Claire.Fontaine@Laposte.NET '), 'Claire.Fontaine@laposte.net');
  for (const typed of [
    'claire',
    'claire@',
    '@laposte.net',
    'a b@laposte.net',
    'a@b',
    'a@b.fr, c@d.fr',
    'a@b.fr\nBcc: c@d.fr',
  ])
    assert.deepEqual(parseEmail(typed), { fault: 'bad_email' }, typed);
});

test('a secure mailbox is no contact address', () => {
  for (const typed of ['a@mssante.fr', 'a@pro.mssante.fr', 'a@chu.Lille.MSSANTE.fr'])
    assert.deepEqual(parseEmail(typed), { fault: 'secure_mailbox' }, typed);
  assert.equal(parseEmail('a@notmssante.fr'), 'a@notmssante.fr');
});

test('an RPPS number may have its prefix and spaces, and needs its check digit', () => {
  for (const typed of ['99700000013', '9970 0000 013', '899700000013'])
    assert.equal(parseRpps(typed), '99700000013', typed);
  for (const typed of ['99700000014', '9970000001', '', '0991234568'])
    assert.deepEqual(parseRpps(typed), { fault: 'bad_rpps' }, typed);
});

test('an empty field keeps what is known, two empty fields change nothing', () => {
  const known = { email: 'c@laposte.net', phone: '0639980142' };
  assert.deepEqual(parseContacts({ email: '', phone: '07 12 34 56 78' }, known), {
    reach: { email: 'c@laposte.net', phone: '0712345678' },
  });
  assert.deepEqual(parseContacts({ email: ' ', phone: '' }, known), {
    faults: { email: 'missing', phone: 'missing' },
  });
  assert.deepEqual(parseContacts({ email: 'c@laposte.net', phone: '' }, { email: null, phone: null }), {
    faults: { phone: 'missing' },
  });
  assert.deepEqual(parseContacts({ email: '', phone: '0712345678' }, undefined), {
    faults: { email: 'missing' },
  });
});

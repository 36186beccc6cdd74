import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVisitor } from './visitor.ts';

const repair = (rpps: string | null) => ({ repair: { cause: null, chain: { directory: { rpps } } } });
const accessOf = (claims: object) => parseVisitor(claims).access;

test('a card under RPPS edits its own record', () => {
  const card = {
    SubjectNameID: '899700000013',
    authMode: 'CARD',
    given_name: 'Claire',
    family_name: 'FONTAINE',
  };
  assert.deepEqual(parseVisitor(card), {
    idNatPs: '899700000013',
    kind: 'rpps',
    value: '99700000013',
    name: 'Claire FONTAINE',
    access: { way: 'card', rpps: '99700000013', adeli: null },
  });
});

test('a card under ADELI edits the record that its link safely leads to, or none', () => {
  const card = { SubjectNameID: '0996000019', authMode: 'CARD' };
  assert.deepEqual(accessOf({ ...card, ...repair('99700000013') }), {
    way: 'card',
    rpps: '99700000013',
    adeli: '996000019',
  });
  for (const claims of [card, { ...card, ...repair(null) }, { ...card, repair: 'nonsense' }])
    assert.deepEqual(accessOf(claims), { way: 'none', reason: 'no_link' });
});

test('an e-CPS under RPPS edits by codes, one under ADELI counts as not signed in', () => {
  assert.deepEqual(accessOf({ SubjectNameID: '899700000013', authMode: 'MOBILE' }), {
    way: 'ecps',
    rpps: '99700000013',
  });
  const former = { SubjectNameID: '0996000019', authMode: 'MOBILE', ...repair('99700000013') };
  assert.deepEqual(accessOf(former), { way: 'none', reason: 'adeli_ecps' });
});

test('a bridged sign-in proved the ADELI number: a card uses its link, an e-CPS counts as not signed in', () => {
  const otherIds = [
    { identifiant: '899700000013', origine: 'RPPS', qualite: 1 },
    { identifiant: '0996000019', origine: 'ADELI', qualite: 1 },
  ];
  const bridged = { SubjectNameID: '899700000013', otherIds };
  assert.deepEqual(accessOf({ ...bridged, authMode: 'CARD' }), {
    way: 'card',
    rpps: '99700000013',
    adeli: '996000019',
  });
  assert.deepEqual(accessOf({ ...bridged, authMode: 'MOBILE' }), { way: 'none', reason: 'adeli_ecps' });
});

test('under a functional identifier the number is in otherIds', () => {
  const psi = '4f4e8b1e-0000-4000-8000-000000000001';
  const visitor = parseVisitor({
    SubjectNameID: psi,
    authMode: 'CARD',
    otherIds: [
      { identifiant: '899700000013', origine: 'RPPS', qualite: 1 },
      { identifiant: psi, origine: 'PSI', qualite: 2 },
    ],
  });
  assert.equal(visitor.idNatPs, '899700000013');
  assert.deepEqual(visitor.access, { way: 'card', rpps: '99700000013', adeli: null });
  assert.equal(accessOf({ SubjectNameID: psi }).way, 'none');
});

test('what the issuer does not say is not assumed', () => {
  assert.deepEqual(accessOf({ SubjectNameID: '526560035400014/AB12', authMode: 'CARD' }), {
    way: 'none',
    reason: 'other',
  });
  assert.deepEqual(accessOf({}), { way: 'none', reason: 'other' });
  assert.equal(accessOf({ SubjectNameID: '899700000013' }).way, 'ecps', 'the stricter way');
});

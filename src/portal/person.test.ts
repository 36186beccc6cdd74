import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePerson } from './person.ts';

const repair = {
  cause: 'legacy_adeli_identity',
  uri: 'http://localhost:4002/reparation',
  steps: ['legacy_adeli_identity'],
  chain: {
    signedIn: { method: 'card', kind: 'adeli' },
    directory: { rpps: '99700000013', places: 2, asOf: '2026-11-23T00:00:00.000Z' },
    ecps: 'none',
  },
};

test('the kind follows from the prefix of SubjectNameID', () => {
  const kindOf = (SubjectNameID: string) => {
    const { kind, value, idNatPs } = parsePerson({ SubjectNameID });
    return [kind, value, idNatPs];
  };
  assert.deepEqual(kindOf('899700000013'), ['rpps', '99700000013', '899700000013']);
  assert.deepEqual(kindOf('99700000013'), ['rpps', '99700000013', '899700000013']);
  assert.deepEqual(kindOf('0991234568'), ['adeli', '991234568', '0991234568']);
  assert.deepEqual(kindOf('02A1234568'), ['adeli', '2A1234568', '02A1234568']);
  assert.deepEqual(kindOf('500000001815646/CPAT00045')[0], 'employee');
  assert.deepEqual(kindOf('30B0168811/CPET00001')[0], 'employee');
  assert.deepEqual(kindOf('ANS20220215183932')[0], 'other');
});

test('where the subject is a functional identifier, the number is the first of otherIds that is none', () => {
  const psi = '4f4e8b1e-0000-4000-8000-000000000001';
  const otherIds = [
    { identifiant: psi, origine: 'PSI', qualite: 2 },
    { identifiant: '899700000013', origine: 'RPPS', qualite: 1 },
  ];
  assert.equal(parsePerson({ SubjectNameID: psi, otherIds }).idNatPs, '899700000013');
  assert.equal(parsePerson({ SubjectNameID: psi }).kind, 'other');
  assert.equal(parsePerson({ SubjectNameID: '0991234568', otherIds }).idNatPs, '0991234568');
});

test('what is absent is an empty string, left out, or of another type', () => {
  const person = parsePerson({
    SubjectNameID: '',
    preferred_username: '899700000013',
    given_name: 'Claire',
    family_name: '',
    codeCivilite: null,
    SubjectRefPro: '',
  });
  assert.equal(person.kind, 'rpps');
  assert.equal(person.name, 'Claire');
  assert.equal(person.gender, 'neutral');
  assert.equal(person.repair, undefined);
  assert.equal(parsePerson({}).kind, 'other');
});

test('the civility is read at the root and in SubjectRefPro', () => {
  assert.equal(parsePerson({ codeCivilite: 'MME' }).gender, 'feminine');
  assert.equal(parsePerson({ codeCivilite: '', SubjectRefPro: { codeCivilite: 'M' } }).gender, 'masculine');
});

test('the repair claim is taken whole or, where it is not one, not at all', () => {
  assert.deepEqual(parsePerson({ repair }).repair, repair);
  assert.equal(parsePerson({ repair: { cause: 'unheard_of' } }).repair, undefined);
});

test('an address that no browser should be sent to is dropped', () => {
  const uris = ['javascript:alert(1)', 'data:text/html,x', '/reparation', ''];
  for (const uri of uris) {
    const person = parsePerson({ repair: { ...repair, uri } });
    assert.equal(person.repair?.uri, undefined, uri);
    assert.equal(person.repair?.cause, 'legacy_adeli_identity');
  }
});

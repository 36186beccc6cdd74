import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causes } from './cause.ts';
import { chainOf } from './chain.ts';
import { parsePerson } from './person.ts';

function diagnosed(kind: 'adeli' | 'rpps', directory: object, ecps: string) {
  return parsePerson({
    SubjectNameID: kind === 'adeli' ? '0991234568' : '899700000013',
    codeCivilite: 'MME',
    repair: {
      cause: 'no_place_of_practice',
      uri: 'http://localhost/r',
      steps: [],
      chain: { signedIn: { method: 'card', kind }, directory: { asOf: null, ...directory }, ecps },
    },
  });
}

test('a legacy identity: the card and the e-CPS stand apart from a record that is sound', () => {
  const person = diagnosed('adeli', { rpps: '99700000013', places: 2 }, 'none');
  const { nodes, links } = chainOf(person, 'legacy_adeli_identity', 'fr');
  assert.deepEqual(
    nodes.map(({ state }) => state),
    ['broken', 'sound', 'broken'],
  );
  assert.deepEqual(links, ['cut', 'cut']);
  assert.equal(nodes[0].title, 'Vous êtes entrée avec');
  assert.equal(nodes[0].detail, 'le numéro ADELI de votre carte');
  assert.match(String(nodes[1].detail), /2 lieux$/);
  assert.equal(nodes[2].detail, 'pas encore activée');
});

test('an e-CPS under the RPPS number goes with the record, whatever one signed in with', () => {
  const person = diagnosed('adeli', { rpps: '99700000013', places: 2 }, 'active');
  const { nodes, links } = chainOf(person, 'legacy_adeli_identity', 'fr');
  assert.deepEqual(
    nodes.map(({ state }) => state),
    ['broken', 'sound', 'sound'],
  );
  assert.deepEqual(links, ['cut', 'sound']);
});

test('an e-CPS under the ADELI number stands apart', () => {
  const person = diagnosed('adeli', { rpps: '99700000013', places: 1 }, 'adeli');
  const { nodes, links } = chainOf(person, 'ecps_under_adeli', 'fr');
  assert.deepEqual(
    nodes.map(({ state }) => state),
    ['broken', 'sound', 'broken'],
  );
  assert.deepEqual(links, ['cut', 'cut']);
  assert.equal(nodes[2].detail, 'activée sous votre numéro ADELI');
});

test('no place under an RPPS number: the identifiers agree, the record is empty', () => {
  const person = diagnosed('rpps', { rpps: '99700000013', places: 0 }, 'active');
  const { nodes, links } = chainOf(person, 'no_place_of_practice', 'fr');
  assert.deepEqual(
    nodes.map(({ state }) => state),
    ['sound', 'broken', 'sound'],
  );
  assert.deepEqual(links, ['sound', 'sound']);
});

test('every cause has three nodes in both languages, with and without a diagnosis', () => {
  const persons = [diagnosed('rpps', {}, 'expired'), parsePerson({ SubjectNameID: '0991234568' })];
  for (const person of persons) {
    for (const cause of causes) {
      for (const locale of ['fr', 'en'] as const) {
        for (const { title, detail } of chainOf(person, cause, locale).nodes) {
          assert.ok(title && String(detail));
        }
      }
    }
  }
});

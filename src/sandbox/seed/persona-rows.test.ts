import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActivityRecord } from '#directory';
import { findPersona, type PersonaSlug } from '../personas.ts';
import { namesake, personaRows } from './persona-rows.ts';

const rows = personaRows();

function rowsOf(slug: PersonaSlug): { yesterday: ActivityRecord[]; today: ActivityRecord[] } {
  const identifier = findPersona(slug)?.rpps;
  const own = (row: ActivityRecord) => row.identifier === identifier;
  return { yesterday: rows.yesterday.filter(own), today: rows.today.filter(own) };
}

test('who was struck off is in yesterday’s extract only', () => {
  const { yesterday, today } = rowsOf('infirmiere-radiee');
  assert.equal(yesterday.length, 1);
  assert.deepEqual(today, []);
});

test('a closed place is in yesterday’s extract only, and the person in both', () => {
  const { yesterday, today } = rowsOf('infirmier-lieu-ferme');
  assert.ok(yesterday[0]?.technicalId);
  assert.equal(today.length, 1);
  assert.equal(today[0]?.technicalId, undefined);
  const closed = yesterday[0]?.technicalId;
  assert.ok(!rows.today.some(({ technicalId }) => technicalId === closed));
});

test('a locum has a role and no place', () => {
  const [row] = rowsOf('infirmiere-remplacante').today;
  assert.deepEqual([row?.activityKind, row?.role, row?.technicalId], ['GENR02', 'FON-22', undefined]);
});

test('nobody is listed under an ADELI number, and the wrong link leads to another name', () => {
  assert.ok(rows.today.every(({ identifierType }) => identifierType !== '0'));
  const other = rows.today.find(({ identifier }) => identifier === namesake.rpps);
  assert.notEqual(other?.familyName, findPersona('infirmiere-homonyme')?.familyName);
});

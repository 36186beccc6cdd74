import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Organization, PractitionerRole } from './fhir-resources.ts';
import { parsePerson } from './person.ts';
import { type DirectoryRecord, placesOf } from './places.ts';
import { decideSituation } from './situation.ts';

const organization: Organization = {
  resourceType: 'Organization',
  id: 'o1',
  active: true,
  name: 'Cabinet',
  alias: [],
  telecom: [],
  address: [],
};
const role: PractitionerRole = { resourceType: 'PractitionerRole', id: 'r1', active: true, code: [] };
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const locum = { ...role, code: [coded('TRE_R22-GenreActivite', 'GENR02')] };

function record(roles: DirectoryRecord['roles'], active = true): DirectoryRecord {
  return { practitioner: { resourceType: 'Practitioner', id: 'p1', active, qualification: [] }, roles };
}

const rpps = parsePerson({ SubjectNameID: '899700000013' });
const adeli = parsePerson({ SubjectNameID: '0991234568' });
const employee = parsePerson({ SubjectNameID: '500000001815646/CPAT00045' });
const diagnosed = (cause: string | null) =>
  parsePerson({
    SubjectNameID: '899700000013',
    repair: {
      cause,
      uri: 'http://localhost/r',
      steps: [],
      chain: { signedIn: {}, directory: { rpps: null, places: null, asOf: null }, ecps: 'none' },
    },
  });

test('two roles at one structure are one place, with both modes of exercise', () => {
  const mode = (code: string) => ({ ...role, id: code, code: [coded('TRE_R23-ModeExercice', code)] });
  const places = placesOf(
    record([
      { role: mode('L'), organization },
      { role: mode('S'), organization },
    ]),
  );
  assert.deepEqual(
    places.map(({ modes }) => modes.map(({ code }) => code)),
    [['L', 'S']],
  );
});

test('ended roles, closed structures and replacements are no places of their own', () => {
  const none = record([
    { role: { ...role, active: false }, organization },
    { role, organization: { ...organization, active: false } },
    { role: locum, organization },
    { role, organization: undefined },
  ]);
  assert.deepEqual(placesOf(none), []);
});

test('places are shown whatever else is said', () => {
  const situation = decideSituation(diagnosed('place_closed'), record([{ role, organization }]));
  assert.equal(situation.kind, 'places');
});

test('the diagnosis of the issuer goes before what can be derived', () => {
  assert.deepEqual(decideSituation(diagnosed('identity_mismatch'), record([])), {
    kind: 'cause',
    cause: 'identity_mismatch',
  });
});

test('locums and employees are explained, with and without a diagnosis', () => {
  const withoutPlace = record([{ role: locum, organization: undefined }]);
  for (const person of [rpps, diagnosed(null)]) {
    assert.deepEqual(decideSituation(person, withoutPlace), { kind: 'explained', reason: 'locum' });
  }
  assert.deepEqual(decideSituation(employee, undefined), { kind: 'explained', reason: 'employee' });
});

test('against an issuer that gives no diagnosis the cause is derived', () => {
  const closed = { role, organization: { ...organization, active: false } };
  const causeOf = (...given: Parameters<typeof decideSituation>) => {
    const situation = decideSituation(...given);
    return situation.kind === 'cause' ? situation.cause : situation.kind;
  };
  assert.equal(causeOf(adeli, undefined), 'legacy_adeli_identity');
  assert.equal(causeOf(rpps, undefined), 'no_place_of_practice');
  assert.equal(causeOf(rpps, record([])), 'no_place_of_practice');
  assert.equal(causeOf(rpps, record([closed])), 'place_closed');
  assert.equal(causeOf(rpps, record([closed], false)), 'record_inactive');
  assert.equal(causeOf(diagnosed(null), record([])), 'no_place_of_practice');
});

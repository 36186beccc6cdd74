import assert from 'node:assert/strict';
import test from 'node:test';
import { diagnose, type Facts, type RecordFacts } from './diagnosis.ts';

const record: RecordFacts = {
  rpps: '99700000013',
  endedAt: null,
  places: 2,
  placeEndedAt: null,
  locum: false,
  hasContactDetails: true,
};

function byCard(facts: Partial<Facts>): Facts {
  return { kind: 'adeli', lead: { outcome: 'linked' }, record, ecps: 'none', ...facts };
}

test('an RPPS number with an open place has nothing wrong', () => {
  assert.deepEqual(diagnose(byCard({ kind: 'rpps', lead: { outcome: 'own' } })), {
    cause: null,
    steps: [],
    since: null,
  });
});

test('an ADELI card whose link holds is a legacy identity, and missing contact details are a further step', () => {
  assert.deepEqual(diagnose(byCard({})).steps, ['legacy_adeli_identity']);
  const without = diagnose(byCard({ record: { ...record, hasContactDetails: false } }));
  assert.equal(without.cause, 'legacy_adeli_identity');
  assert.deepEqual(without.steps, ['legacy_adeli_identity', 'no_contact_details']);
});

test('what is missing behind a legacy identity is told as a step, never as a dead end', () => {
  const { steps } = diagnose(byCard({ record: { ...record, places: 0, placeEndedAt: 5 } }));
  assert.deepEqual(steps, ['legacy_adeli_identity', 'place_closed']);
});

test('an e-CPS under the ADELI number comes before the number itself, whichever means was used', () => {
  assert.deepEqual(diagnose(byCard({ ecps: 'adeli' })).steps, ['ecps_under_adeli']);
  const without = byCard({ ecps: 'adeli', record: { ...record, hasContactDetails: false } });
  assert.deepEqual(diagnose(without).steps, ['ecps_under_adeli', 'no_contact_details']);
});

test('once an e-CPS is active under the RPPS number an ADELI card has one step left', () => {
  const facts = byCard({ ecps: 'active', record: { ...record, hasContactDetails: false } });
  assert.deepEqual(diagnose(facts).steps, ['legacy_adeli_identity']);
});

test('an e-CPS that is expired, frozen or locked changes nothing about what an ADELI card needs', () => {
  for (const ecps of ['expired', 'frozen', 'locked'] as const)
    assert.deepEqual(diagnose(byCard({ ecps })).steps, ['legacy_adeli_identity']);
});

test('the conditions on the link come before what the phone holds', () => {
  const facts = byCard({ lead: { outcome: 'mismatch' }, record: null, ecps: 'adeli' });
  assert.deepEqual(diagnose(facts).steps, ['identity_mismatch']);
  assert.deepEqual(diagnose({ ...facts, lead: { outcome: 'none' } }).steps, ['no_rpps']);
});

test('a mismatch comes before everything that the record could say', () => {
  assert.equal(diagnose(byCard({ lead: { outcome: 'mismatch' }, record: null })).cause, 'identity_mismatch');
});

test('a link to somebody who vanished is an inactive record, with its date', () => {
  const facts = byCard({ lead: { outcome: 'inactive', endedAt: 7 }, record: null });
  assert.deepEqual(diagnose(facts), { cause: 'record_inactive', steps: ['record_inactive'], since: 7 });
});

test('an ADELI number without a link has no RPPS number', () => {
  assert.equal(diagnose(byCard({ lead: { outcome: 'none' }, record: null })).cause, 'no_rpps');
});

test('an RPPS number is told apart by what became of its places', () => {
  const own = (changes: Partial<RecordFacts>) =>
    diagnose(
      byCard({ kind: 'rpps', lead: { outcome: 'own' }, record: { ...record, places: 0, ...changes } }),
    );
  assert.equal(own({}).cause, 'no_place_of_practice');
  assert.deepEqual(own({ placeEndedAt: 9 }), { cause: 'place_closed', steps: ['place_closed'], since: 9 });
  assert.deepEqual(own({ endedAt: 3 }), { cause: 'record_inactive', steps: ['record_inactive'], since: 3 });
  assert.equal(own({ locum: true }).cause, null);
});

test('a card holder whom the directory does not know has no place of practice', () => {
  assert.equal(
    diagnose(byCard({ kind: 'rpps', lead: { outcome: 'own' }, record: null })).cause,
    'no_place_of_practice',
  );
});

test('an employee of a structure has nothing to repair', () => {
  assert.equal(
    diagnose(byCard({ kind: 'siretEmployee', lead: { outcome: 'own' }, record: null })).cause,
    null,
  );
});

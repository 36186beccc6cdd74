import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachEngine } from '../../../tests/support/databases.ts';
import { hospital, liberal, person, practice } from '../../../tests/support/directory-rows.ts';
import { openTestDirectory } from '../../../tests/support/test-directory.ts';
import { createGenerationStorage } from '../generation/open-generation-storage.ts';
import { countGroups } from './count-groups.ts';
import { readGroupTotals } from './import-state.ts';

const dentist = { profession: '40', professionLabel: 'Chirurgien-Dentiste' };
const vannes = { postalCode: '56000', communeCode: '56260', communeName: 'Vannes' };
const rennes = { postalCode: '35000', communeCode: '35238', communeName: 'Rennes' };
const at = (number: string, place: object, more: object = {}) => ({
  ...person(number),
  ...liberal,
  ...place,
  ...more,
});
const [one, two, three, four] = ['99700000013', '99700000021', '99700000039', '99700000047'];

/** A day each: people who begin, go on elsewhere, take up a second profession, end, come back; places that move. */
const days = [
  [at(one, practice('R1')), at(one, hospital), at(two, practice('R2', vannes)), person(three)],
  [
    at(one, practice('R1', rennes)),
    at(two, practice('R2', vannes)),
    at(two, hospital, dentist),
    person(three),
  ],
  [at(two, practice('R2', rennes), dentist), at(four, practice('R1', rennes)), at(three, practice('R3', {}))],
  [at(one, practice('R1')), at(two, practice('R2', vannes)), at(four, hospital, dentist)],
];

forEachEngine((engine) => {
  test('what an import counts as it goes is what there is', async (t) => {
    const { importRows, generations } = await openTestDirectory(t, engine);
    const storage = createGenerationStorage(generations);
    t.after(() => storage.close());
    for (const [index, rows] of days.entries()) {
      const { generation, status } = await importRows(rows, `2026090${index + 1}0300`);
      assert.equal(status, 'applied');
      const told = await readGroupTotals(storage, generation);
      const counted = await countGroups(storage, generation);
      assert.deepEqual(withoutNone(told), withoutNone(counted.groups), `day ${index + 1}`);
    }
  });
});

/** A code that nobody has any more is as good as none. */
function withoutNone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== 0);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutNone(inner)]));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeCounts, VersionedTable } from './changes.ts';
import { isPastThreshold } from './check-threshold.ts';

const calm = { created: 0, changed: 0, removed: 0, unchanged: 5000 };

function judge(
  some: Partial<ChangeCounts>,
  table: VersionedTable = 'practitioner',
  isFirst = false,
): boolean {
  const counts = (asked: VersionedTable) => (asked === table ? { ...calm, unchanged: 0, ...some } : calm);
  return isPastThreshold({ isFirst, counts });
}

test('one in twenty may change or end, and one more waits', () => {
  assert.equal(judge({ changed: 3, removed: 2, unchanged: 95 }), false);
  assert.equal(judge({ changed: 3, removed: 3, unchanged: 94 }), true);
  assert.equal(judge({ removed: 100_000, unchanged: 1_900_000 }), false);
  assert.equal(judge({ removed: 100_001, unchanged: 1_899_999 }), true);
});

test('people, roles and places are judged each by themselves', () => {
  for (const table of ['practitioner', 'practitioner_role', 'organization'] as const)
    assert.equal(judge({ removed: 6, unchanged: 94 }, table), true, table);
});

test('of fewer than a hundred a part says nothing', () => {
  assert.equal(judge({ removed: 99 }), false);
  assert.equal(judge({ removed: 100 }), true);
  assert.equal(judge({ changed: 3, unchanged: 40 }), false);
});

test('how many are new does not matter, and a first import never waits', () => {
  assert.equal(judge({ created: 100_000, removed: 5, unchanged: 95 }), false);
  assert.equal(judge({ removed: 100 }, 'practitioner', true), false);
});

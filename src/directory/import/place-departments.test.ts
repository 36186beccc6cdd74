import assert from 'node:assert/strict';
import { test } from 'node:test';
import { departmentOf, departments } from '../departments.ts';
import { createPlaceDepartments } from './place-departments.ts';

test('a commune tells its département, or else the postal code, but for Corsica', () => {
  assert.equal(departmentOf('56121', '35000'), '56');
  assert.equal(departmentOf('2A004', '20000'), '2A');
  assert.equal(departmentOf('97411', null), '974');
  assert.equal(departmentOf(null, '98714'), '987');
  assert.equal(departmentOf('99100', '44000'), '44');
  assert.equal(departmentOf(null, '20000'), undefined);
  assert.equal(departmentOf(null, null), undefined);
});

test('what is kept of each place is read again, and places that come later fit in', () => {
  const first = createPlaceDepartments();
  first.set(1, '56');
  first.set(5000, '974');
  first.set(7, '');
  const again = createPlaceDepartments(first.bytes());
  again.set(9000, '2B');
  const numbers = [1, 7, 5000, 9000, 100_000, null];
  assert.deepEqual(numbers.map(again.of), ['56', '', '974', '2B', '', '']);
  assert.ok(departments.size < 255, 'one byte holds a code');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasValidCheckDigit, passesLuhn, rpps } from '#national-id';
import { type ActivityColumn, activityColumns } from '../extract/columns.ts';
import { generateExtract } from './generate-extract.ts';
import { varyExtract } from './vary-extract.ts';

const columns = Object.keys(activityColumns) as ActivityColumn[];
const rows = 5000;
const lines = [...generateExtract({ rows, seed: 'test' })];
const column = (line: string, name: ActivityColumn) => line.split('|')[columns.indexOf(name)] ?? '';
const values = (name: ActivityColumn) => lines.map((line) => column(line, name));
const part = (list: string[], is: (value: string) => boolean) => list.filter(is).length / list.length;

test('the same options give the same rows, another seed others', () => {
  assert.deepEqual([...generateExtract({ rows, seed: 'test' })], lines);
  assert.notDeepEqual([...generateExtract({ rows, seed: 'other' })], lines);
});

test('there are as many rows as asked, of 56 fields, no two the same', () => {
  assert.equal(lines.length, rows);
  assert.equal(new Set(lines).size, rows);
  assert.ok(lines.every((line) => line.split('|').length === 56));
});

test('numbers have a right key and are out of the test ranges', () => {
  const numbers = values('identifier');
  assert.ok(numbers.every((number) => /^100\d{8}$/.test(number) && hasValidCheckDigit(rpps(number))));
  for (const name of ['siret', 'siren'] as const) {
    assert.ok(values(name).every((value) => value === '' || passesLuhn(value)));
  }
});

test('an excluded number is not given away', () => {
  const [first = ''] = values('identifier');
  const others = [...generateExtract({ rows, seed: 'test', exclude: [first] })];
  assert.ok(others.every((line) => column(line, 'identifier') !== first));
});

test('nurses are the majority, and columns are empty as often as in the real file', () => {
  const professions = values('profession');
  assert.ok(part(professions, (code) => code === '60') > 0.45);
  assert.ok(new Set(professions).size > 10);
  assert.equal(
    part(values('departmentCode'), (code) => code === ''),
    1,
  );
  const without = part(values('technicalId'), (id) => id === '');
  assert.ok(without > 0.15 && without < 0.3, `${without} without a structure`);
  assert.ok(new Set(values('communeCode').map((code) => code.slice(0, 2))).size > 90);
  const activities = Map.groupBy(values('idNatPs'), (id) => id);
  assert.ok([...activities.values()].some((own) => own.length > 1));
});

test('a delta changes about the part of people that is asked for, the same each time', async () => {
  const vary = async () => Array.fromAsync(varyExtract(lines, { percent: 10, seed: 'delta', rows }));
  const varied = await vary();
  assert.deepEqual(await vary(), varied);
  assert.equal(varied.length, rows);
  const before = new Set(lines);
  const changed = varied.filter((line) => !before.has(line)).length / rows;
  assert.ok(changed > 0.07 && changed < 0.13, `${changed} differ`);
  const people = new Set(values('idNatPs'));
  assert.ok(
    varied.some((line) => !people.has(column(line, 'idNatPs'))),
    'nobody is new',
  );
});

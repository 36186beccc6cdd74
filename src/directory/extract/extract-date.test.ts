import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatExtractDate, parseExtractDate } from './extract-date.ts';

test('the date of a file name is a wall clock of Paris', () => {
  assert.equal(parseExtractDate('x_202601150800.txt'), Date.UTC(2026, 0, 15, 7, 0));
  assert.equal(parseExtractDate('x_202607150800.txt'), Date.UTC(2026, 6, 15, 6, 0));
});

test('a name without a date, or with none that exists, has none', () => {
  for (const name of ['x.txt', 'x_20260115.txt', 'x_202613150800.txt', 'x_2026011508001.txt']) {
    assert.equal(parseExtractDate(name), undefined);
  }
});

test('writing and reading agree, on both sides of a clock change', () => {
  for (const instant of [
    Date.UTC(2026, 2, 29, 0, 30),
    Date.UTC(2026, 2, 29, 1, 30),
    Date.UTC(2026, 9, 25, 3, 0),
  ]) {
    assert.equal(parseExtractDate(`x_${formatExtractDate(instant)}.txt`), instant);
  }
});

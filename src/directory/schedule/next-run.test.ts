import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextRun } from './next-run.ts';

const next = (at: string, now: string) => new Date(nextRun(at, Date.parse(now))).toISOString();

test('the next run is today if that is still to come, or else tomorrow', () => {
  assert.equal(next('04:30', '2026-11-24T03:29:59Z'), '2026-11-24T03:30:00.000Z');
  assert.equal(next('04:30', '2026-11-24T03:30:00Z'), '2026-11-25T03:30:00.000Z');
  assert.equal(next('00:05', '2026-11-24T23:04:00Z'), '2026-11-24T23:05:00.000Z');
  assert.equal(next('23:59', '2026-12-31T22:59:30Z'), '2027-01-01T22:59:00.000Z');
});

test('it follows the clocks of Paris when they change', () => {
  assert.equal(next('04:30', '2026-10-24T12:00:00Z'), '2026-10-25T03:30:00.000Z');
  assert.equal(next('04:30', '2026-03-28T12:00:00Z'), '2026-03-29T02:30:00.000Z');
  assert.equal(next('00:05', '2026-10-24T22:10:00Z'), '2026-10-25T23:05:00.000Z');
  assert.match(next('02:30', '2026-03-29T00:00:00Z'), /^2026-03-29T0[01]:30/);
});

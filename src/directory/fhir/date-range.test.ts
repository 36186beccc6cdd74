import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDateRange } from './date-range.ts';

const now = Date.UTC(2026, 10, 24);
const at = (text: string) => Date.parse(text);

test('a year, a month and a day cover all their instants', () => {
  assert.deepEqual(parseDateRange('2026', now), { from: at('2026-01-01'), to: at('2027-01-01') });
  assert.deepEqual(parseDateRange('2026-12', now), { from: at('2026-12-01'), to: at('2027-01-01') });
  assert.deepEqual(parseDateRange('eq2026-02-28', now), { from: at('2026-02-28'), to: at('2026-03-01') });
});

test('an instant covers its precision', () => {
  assert.deepEqual(parseDateRange('2026-01-01T10:00Z', now), {
    from: at('2026-01-01T10:00:00Z'),
    to: at('2026-01-01T10:01:00Z'),
  });
  assert.deepEqual(parseDateRange('2026-01-01T10:00:07.25Z', now), {
    from: at('2026-01-01T10:00:07.250Z'),
    to: at('2026-01-01T10:00:07.251Z'),
  });
});

test('a zone moves the instant, and a plus that became a space is still a plus', () => {
  const noon = at('2026-06-01T10:00:00Z');
  for (const text of [
    'ge2026-06-01T12:00:00+02:00',
    'ge2026-06-01T12:00:00 02:00',
    'ge2026-06-01T08:00:00-02:00',
  ]) {
    assert.deepEqual(parseDateRange(text, now), { from: noon });
  }
});

test('prefixes say on which side of the covered time an instant lies', () => {
  const from = at('2026-01-31');
  const to = at('2026-02-01');
  assert.deepEqual(parseDateRange('gt2026-01-31', now), { from: to });
  assert.deepEqual(parseDateRange('sa2026-01-31', now), { from: to });
  assert.deepEqual(parseDateRange('ge2026-01-31', now), { from });
  assert.deepEqual(parseDateRange('lt2026-01-31', now), { to: from });
  assert.deepEqual(parseDateRange('eb2026-01-31', now), { to: from });
  assert.deepEqual(parseDateRange('le2026-01-31', now), { to });
  assert.deepEqual(parseDateRange('ne2026-01-31', now), { from, to, outside: true });
});

test('"about" grows with the distance to now', () => {
  const near = parseDateRange('ap2026-11-14', now);
  assert.deepEqual(near, { from: at('2026-11-13'), to: at('2026-11-16') });
});

test('what is no date is refused', () => {
  const wrong = [
    '',
    'hier',
    '2026-13',
    '2026-02-30',
    '2026-1-1',
    'xx2026',
    '2026-01-01T25:00:00Z',
    '2026-01-01T10',
  ];
  for (const text of [...wrong, '2026-01-01T10:00:00+15:00', '20260101', 'ge', '2026-01-31 ']) {
    assert.equal(parseDateRange(text, now), undefined, text);
  }
});

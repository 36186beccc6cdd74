import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FinalFailure, JobFailure } from './job-handler.ts';
import { describeFailure, nextTry } from './retry-policy.ts';

const later = new JobFailure('not now');

test('tries are further and further apart, an hour at most', () => {
  const delays = [1, 2, 3, 6, 7, 50].map((attempt) => nextTry({ attempt, enqueuedAt: 0 }, later, 0));
  assert.deepEqual(delays, [5_000, 15_000, 45_000, 1_215_000, 3_600_000, 3_600_000]);
});

test('tries end with a final failure, or when their time is over', () => {
  const tried = { attempt: 1, enqueuedAt: 0 };
  assert.equal(nextTry(tried, new FinalFailure('refused'), 0), undefined);
  assert.equal(nextTry(tried, later, 60_000, 60_000), undefined);
  assert.equal(nextTry(tried, later, 50_000, 60_000), 55_000);
});

test('of an error only its name and code are kept, unless it is made to be read', () => {
  const refused = Object.assign(new TypeError('claire.fontaine@example.fr is not known'), { code: 'E1' });
  assert.equal(describeFailure(refused), 'TypeError E1');
  assert.equal(describeFailure(new Error('0639980142')), 'Error');
  assert.equal(describeFailure('0639980142'), 'unknown');
  assert.equal(describeFailure(new JobFailure('SMTP: no connection')), 'SMTP: no connection');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress } from './progress.ts';

/** Work that is shown every so many milliseconds, of which so many are the whole. */
function work(isTTY: boolean, { everyMs, ofMs }: { everyMs: number; ofMs: number }): string {
  let [now, written] = [0, ''];
  const output = {
    isTTY,
    write(text: string) {
      written += text;
    },
  };
  const progress = createProgress(output, () => now);
  for (; now <= ofMs; now += everyMs)
    progress.show({ phase: 'reading', part: now / ofMs, done: now * 50, unit: 'rows' });
  progress.end();
  return written;
}

test('elsewhere than in a terminal progress is a line every ten seconds', () => {
  assert.equal(
    work(false, { everyMs: 100, ofMs: 25_000 }),
    'reading 40 %, 500,000 rows, 50,000 rows/s, 15 s left\nreading 80 %, 1,000,000 rows, 50,000 rows/s, 5 s left\n',
  );
  assert.equal(work(false, { everyMs: 100, ofMs: 9_900 }), '', 'short work says nothing');
});

test('in a terminal it is a bar in one line, which is gone at the end', () => {
  const written = work(true, { everyMs: 10, ofMs: 200_000 });
  const pictures = written.split('\r\u001b[K');
  assert.equal(pictures.at(-1), '');
  assert.equal(pictures.length, 802, 'four a second');
  assert.ok(!written.includes('\n'));
  assert.equal(
    pictures.find((picture) => picture.includes(' 25 %')),
    'reading [######..................] 25 %, 2,500,000 rows, 50,000 rows/s, 2 min 30 s left',
  );
});

test('the rate and the time left are of the phase; what has no end has neither bar nor time', () => {
  let now = 0;
  const lines: string[] = [];
  const progress = createProgress({ write: (text) => lines.push(text) }, () => now);
  progress.show({ phase: 'reading', part: 0.1, done: 10, unit: 'rows' });
  now = 20_000;
  progress.show({ phase: 'applying', part: 0, done: 0, unit: 'records' });
  now = 40_000;
  progress.show({ phase: 'applying', part: 0.5, done: 100, unit: 'records' });
  now = 60_000;
  progress.show({ phase: 'writing', done: 7, unit: 'rows' });
  assert.deepEqual(lines, [
    'applying 0 %, 0 records\n',
    'applying 50 %, 100 records, 5 records/s, 20 s left\n',
    'writing, 7 rows\n',
  ]);
});

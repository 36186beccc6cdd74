import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { extractHeader } from '../extract/format-extract.ts';
import { KeyIndex } from '../extract/key-index.ts';
import { type Extract, openExtract } from '../extract/open-extract.ts';
import { openOneFile } from '../extract/open-files.ts';
import type { Scan } from '../extract/scan.ts';
import { scanExtract } from '../extract/scan-extract.ts';
import { generateExtract } from '../generate/generate-extract.ts';
import { findTouched } from './find-touched.ts';
import { readPeople } from './people-source.ts';
import type { PersonRecord } from './read-people.ts';

/** An extract with a torn line and a line that comes twice. */
async function openGenerated(t: TestContext): Promise<Extract> {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-people-'));
  const rows = [...generateExtract({ rows: 1500, seed: 'threads' })];
  const lines = [extractHeader, ...rows, 'torn', rows[700] ?? '', ...rows.slice(0, 1)];
  const path = join(directory, 'extract.txt');
  await writeFile(path, `${lines.join('\n')}\n`);
  const extract = await openExtract(await openOneFile(path));
  t.after(async () => {
    await extract.file.close();
    await rm(directory, { recursive: true });
  });
  return extract;
}

const newKeys = () => ({ owners: new KeyIndex(), places: new KeyIndex() });

const told = ({ extract: _, ...columns }: Scan) => columns;

test('a file that several threads scan is scanned as by one', async (t) => {
  const extract = await openGenerated(t);
  const [one, several] = [newKeys(), newKeys()];
  const alone = await scanExtract(extract, one, { threads: 1 });
  assert.equal(alone.count, 1500);
  assert.deepEqual(
    alone.tally.skipped.map(({ reason }) => reason),
    ['torn_line', 'duplicate_line', 'duplicate_line'],
  );
  assert.deepEqual(told(await scanExtract(extract, several, { threads: 3 })), told(alone));
  assert.deepEqual(several.owners.keys(), one.owners.keys());
  assert.deepEqual(several.places.keys(), one.places.keys());
});

test('people that a thread of their own reads are those that are read in place', async (t) => {
  const lines = await scanExtract(await openGenerated(t), newKeys());
  const { descriptor, isUtf8File, header } = lines.extract;
  const { start, length, place, next, firstLine, lastLine } = lines;
  const job = {
    lines: { extract: { descriptor, isUtf8File, header }, start, length, place, next, firstLine, lastLine },
    owners: findTouched(lines.ownerDigest, new Uint32Array()).touched,
    qualificationKinds: [],
    roleKinds: [],
  };
  const read = async (fewestForThread: number) => {
    const source = readPeople(job, fewestForThread);
    const people: PersonRecord[] = [];
    for await (const batch of source.batches) people.push(...batch);
    return { people, rest: source.rest() };
  };
  const [inPlace, inThread] = [await read(Number.POSITIVE_INFINITY), await read(0)];
  assert.ok(inPlace.people.length > 1000);
  assert.deepEqual(inThread, inPlace);
});

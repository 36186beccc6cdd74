import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runCommandLine } from '../../src/command-line.ts';
import { forEachEngine } from '../support/databases.ts';
import { makeZip } from '../support/make-zip.ts';
import { openTestDirectory } from '../support/test-directory.ts';

/** Between them every encoding, with and without the delimiter at the end of the header. */
const seeds = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

async function generate(folder: string, name: string, ...options: string[]): Promise<string> {
  const file = join(folder, name);
  const sink = { write: () => true };
  const words = ['directory', 'generate', '--quirks', '--out', file, ...options];
  assert.equal(await runCommandLine(words, { HYGIE_DATA_DIR: folder }, sink, sink), 0);
  return file;
}

const readExpected = async (file: string) => JSON.parse(await readFile(`${file}.expected.json`, 'utf8'));

/** The members of a report that the generator tells of. */
function only(report: object, like: object): object {
  return Object.fromEntries(Object.entries(report).filter(([name]) => name in like));
}

forEachEngine((engine) => {
  for (const seed of seeds) {
    test(`a file with every quirk is counted as its maker says, seed ${seed}`, async (t) => {
      const { directory, data } = await openTestDirectory(t, engine);
      const file = await generate(data, 'q_202609070300.txt', '--rows', '400', '--seed', seed);
      const expected = await readExpected(file);
      assert.deepEqual(only(await directory.importExtracts([file]), expected), expected);
    });
  }

  test('zipped and gzipped it is the same', async (t) => {
    const { directory, data } = await openTestDirectory(t, engine);
    const file = await generate(data, 'q_202609070300.txt', '--rows', '300', '--seed', 'z');
    const expected = await readExpected(file);
    const content = await readFile(file);
    const zip = join(data, 'downloaded.zip');
    await writeFile(zip, makeZip({ 'q_202609070300.txt': content }));
    assert.deepEqual(
      only(await directory.importExtracts([zip], { dryRun: true }), { practitioners: 1, warnings: 1 }),
      {
        practitioners: expected.practitioners,
        warnings: expected.warnings,
      },
    );
    await writeFile(`${file}.gz`, gzipSync(content));
    const report = await directory.importExtracts([`${file}.gz`]);
    assert.deepEqual(only(report, expected), expected);
  });
});

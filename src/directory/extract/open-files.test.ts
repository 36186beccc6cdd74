import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { mountSmallDisk } from '../../../tests/crashes/small-disk.ts';
import { makeZip } from '../../../tests/support/make-zip.ts';
import { ExtractError } from './extract-error.ts';
import { openFiles, openOneFile } from './open-files.ts';

async function inFolder(t: TestContext, files: Record<string, string | Buffer>) {
  const folder = await mkdtemp(join(tmpdir(), 'hygie-open-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const paths = Object.keys(files).map((name) => join(folder, name));
  return { folder, paths, left: async () => (await readdir(folder)).toSorted() };
}

/** What is read of files that are opened together. */
async function read(t: TestContext, files: Record<string, string | Buffer>) {
  const { folder, paths, left } = await inFolder(t, files);
  await using opened = await openFiles(paths, { folder });
  const told = await Promise.all(
    opened.files.map(async ({ name, title, file, bytes }) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      return { name, title, text: buffer.toString('utf8', 0, bytesRead) };
    }),
  );
  assert.deepEqual(await left(), Object.keys(files).toSorted(), 'a file is seen beside the data');
  return told;
}

/** The sentence by which a file is refused. */
async function refusal(t: TestContext, name: string, content: Buffer): Promise<string> {
  const { folder, paths, left } = await inFolder(t, { [name]: content });
  const error = await openFiles(paths, { folder }).then(
    () => undefined,
    (reason: Error) => reason,
  );
  assert.ok(error instanceof ExtractError, `${error?.stack ?? 'it was opened'}`);
  assert.deepEqual(await left(), [name]);
  return error.message;
}

test('files, and what archives hold, are each a file under their own name', async (t) => {
  const told = await read(t, {
    'a.txt': 'plain',
    'b.txt.gz': gzipSync('gzipped'),
    'c.zip': makeZip({ 'one.txt': 'first', 'folder/': '', 'folder/two.txt': 'second' }),
  });
  assert.deepEqual(told, [
    { name: 'a.txt', title: 'a.txt', text: 'plain' },
    { name: 'b.txt', title: 'b.txt.gz', text: 'gzipped' },
    { name: 'one.txt', title: 'one.txt in c.zip', text: 'first' },
    { name: 'two.txt', title: 'two.txt in c.zip', text: 'second' },
  ]);
});

test('an archive is told by its first bytes, whatever its name', async (t) => {
  const told = await read(t, { a: makeZip({ 'in.txt': 'zip' }), 'b.zip': gzipSync('gzip'), 'c.gz': 'plain' });
  assert.deepEqual(
    told.map(({ text }) => text),
    ['zip', 'gzip', 'plain'],
  );
});

test('what a Mac or an editor puts into an archive is passed over', async (t) => {
  const told = await read(t, {
    'a.zip': makeZip({ '__MACOSX/._in.txt': '', '.DS_Store': '', 'in.txt': 'x' }),
  });
  assert.deepEqual(
    told.map(({ name }) => name),
    ['in.txt'],
  );
});

test('the date is of the member, else of its archive, else when it was last changed', async (t) => {
  const modifiedAt = new Date(2026, 8, 1, 12, 30);
  const content = { content: 'x', modifiedAt };
  const { folder, paths } = await inFolder(t, {
    'PS_202609070300.zip': makeZip({ 'a_202609080300.txt': content, 'b.txt': content }),
    'c.zip': makeZip({ 'd.txt': content }),
  });
  await using opened = await openFiles(paths, { folder });
  assert.deepEqual(
    opened.files.map(({ extractedAt }) => extractedAt),
    [Date.UTC(2026, 8, 8, 1), Date.UTC(2026, 8, 7, 1), modifiedAt.getTime()],
  );
});

test('an archive that cannot be unpacked is refused by one sentence, and leaves nothing', async (t) => {
  const text = 'line\n'.repeat(5000);
  const zip = makeZip({ 'a.txt': text });
  const gzip = gzipSync(text);
  const wrongSum = Buffer.from(gzip);
  wrongSum.writeUInt32LE(1, gzip.length - 8);
  const bad: [string, Buffer, RegExp][] = [
    ['a.zip', zip.subarray(0, zip.length - 30), /^a\.zip: it is damaged or cut off/],
    [
      'a.zip',
      Buffer.concat([zip.subarray(0, 60), Buffer.alloc(8, 0xff), zip.subarray(68)]),
      /^a\.zip: it is damaged/,
    ],
    [
      'a.zip',
      makeZip({ 'a.txt': { content: text, crc: 1 } }),
      /^a\.zip: a\.txt in it is damaged: its check sum/,
    ],
    ['a.zip', makeZip({ 'a.txt': { content: text, encrypted: true } }), /^a\.zip: a\.txt in it is encrypted/],
    [
      'a.zip',
      makeZip({ 'a.txt': { content: text, method: 14 } }),
      /^a\.zip: a\.txt in it is compressed by method 14/,
    ],
    ['a.zip', makeZip({ 'folder/': '' }), /^a\.zip: it holds no file$/],
    ['a.txt.gz', gzip.subarray(0, gzip.length - 20), /^a\.txt\.gz: it is cut off/],
    ['a.txt.gz', wrongSum, /^a\.txt\.gz: it is damaged/],
  ];
  for (const [name, content, expected] of bad) assert.match(await refusal(t, name, content), expected);
});

test('an archive that unpacks to out of proportion is refused before it fills the disk', async (t) => {
  const zeros = Buffer.alloc(80 * 1024 * 1024);
  const sentence = /: it unpacks to over 200 times its size, as no extract does$/;
  assert.match(await refusal(t, 'a.zip', makeZip({ 'a.txt': zeros })), sentence);
  assert.match(await refusal(t, 'a.gz', gzipSync(zeros)), sentence);
});

test('a full disk is refused by one sentence, and its room is free again', async (t) => {
  await using disk = await mountSmallDisk();
  if (!disk) return t.skip('no disk can be mounted here');
  const random = Buffer.from(Array.from({ length: 12 << 20 }, (_, index) => (index * index) >> 7));
  const { paths } = await inFolder(t, { 'a.gz': gzipSync(random) });
  await assert.rejects(openFiles(paths, { folder: disk.path }), {
    name: 'ExtractError',
    message: 'a.gz: there is no room left on the disk of the data to unpack it',
  });
  await writeFile(join(disk.path, 'again'), Buffer.alloc(6 << 20));
});

test('where one file is read, an archive of several is refused', async (t) => {
  const { paths } = await inFolder(t, { 'a.zip': makeZip({ a: 'x', b: 'y' }) });
  await assert.rejects(openOneFile(paths[0] ?? ''), {
    message: 'a.zip: it holds several files, and one is read',
  });
});

test('what a killed process left is removed by the next one', async (t) => {
  const { folder, paths, left } = await inFolder(t, { 'a.txt': 'x', 'hygie-unpacking-abc': 'half' });
  await using _ = await openFiles(paths.slice(0, 1), { folder });
  assert.deepEqual(await left(), ['a.txt']);
});

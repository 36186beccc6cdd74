import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ExtractError } from './extract-error.ts';
import { type Line, readLines } from './read-lines.ts';

async function read(t: TestContext, content: Uint8Array | string): Promise<Line[]> {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-lines-'));
  t.after(() => rm(directory, { recursive: true }));
  const path = join(directory, 'file');
  await writeFile(path, content);
  await using file = await open(path);
  const lines: Line[] = [];
  for await (const block of readLines(file)) lines.push(...block.lines);
  return lines;
}

const texts = (lines: Line[]) => lines.map(({ text }) => text);
const latin1 = (text: string) => Buffer.from(text, 'latin1');

test('lines end with LF or CRLF, and the last one needs no end', async (t) => {
  const lines = await read(t, 'é\r\nb\n\r\nlast');
  assert.deepEqual(texts(lines), ['é', 'b', '', 'last']);
  assert.deepEqual(
    lines.map(({ number }) => number),
    [1, 2, 3, 4],
  );
});

test('a byte order mark is not part of the first line', async (t) => {
  assert.deepEqual(texts(await read(t, '\ufeffé\nx\n')), ['é', 'x']);
});

test('in a UTF-8 file a line that is not UTF-8 is read as Windows-1252', async (t) => {
  const lines = await read(
    t,
    Buffer.concat([Buffer.from('Libellé\n'), latin1('caf\xe9 \x80\n'), Buffer.from('thé\n')]),
  );
  assert.deepEqual(texts(lines), ['Libellé', 'café €', 'thé']);
});

test('in a Windows-1252 file every line is read as Windows-1252', async (t) => {
  const lines = await read(t, Buffer.concat([latin1('Libell\xe9\n'), Buffer.from('thé\n')]));
  assert.deepEqual(texts(lines), ['Libellé', 'thÃ©']);
});

test('a line with a NUL byte, or with bytes of neither encoding, has no text', async (t) => {
  const lines = await read(t, Buffer.concat([Buffer.from('é\na\0b\né\0\n'), latin1('\x81\xe9\n')]));
  assert.deepEqual(texts(lines), ['é', undefined, undefined, undefined]);
});

test('lines and letters that lie across chunks are whole', async (t) => {
  const long = 'é'.repeat(50_000);
  const lines = await read(t, `h\n${long}\n${long}|x\n`);
  assert.deepEqual(texts(lines), ['h', long, `${long}|x`]);
});

test('a file without line ends is refused instead of kept in memory', async (t) => {
  await assert.rejects(read(t, Buffer.alloc(3 * 1024 * 1024, 'x')), ExtractError);
});

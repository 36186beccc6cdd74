import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { activityColumns, expertiseColumns, mailboxColumns } from './columns.ts';
import { extractHeader, formatExtractRow } from './format-extract.ts';
import { KeyIndex } from './key-index.ts';
import { createLineReader } from './line-reader.ts';
import { openExtract } from './open-extract.ts';
import { openOneFile } from './open-files.ts';
import { scanExtract } from './scan-extract.ts';

/** Valid by Luhn. */
const [nurse, doctor] = ['99700000013', '99700000021'];

const row = (identifier: string, values = {}): string =>
  formatExtractRow({
    identifierType: '8',
    identifier,
    idNatPs: `8${identifier}`,
    familyName: 'MARTIN',
    profession: '60',
    mode: 'L',
    ...values,
  });

async function writeExtract(t: TestContext, content: string | Buffer, name = 'extract.txt'): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-extract-'));
  t.after(() => rm(directory, { recursive: true }));
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

async function open(t: TestContext, path: string) {
  const file = await openOneFile(path);
  t.after(() => file[Symbol.asyncDispose]());
  return await openExtract(file);
}

async function read(t: TestContext, lines: (string | Buffer)[], header = extractHeader) {
  const ended = [header, ...lines].flatMap((line) => [Buffer.from(line), Buffer.from('\n')]);
  const extract = await open(t, await writeExtract(t, Buffer.concat(ended)));
  const scan = await scanExtract(extract, { owners: new KeyIndex(), places: new KeyIndex() });
  const readLine = createLineReader(scan);
  return { ...scan.tally, accepted: Array.from({ length: scan.count }, (_, line) => readLine(line)) };
}

test('rows leaves out blank lines, and lines are counted from the header', async (t) => {
  const { rows, skipped, accepted } = await read(t, [row(nurse), '', '   ', 'torn', row(doctor)]);
  assert.equal(rows, 3);
  assert.equal(accepted.length, 2);
  assert.deepEqual(skipped, [{ line: 5, reason: 'torn_line' }]);
});

test('every identifier type of TRE_G08 begins a row, and nothing else does', async (t) => {
  const types = ['0', '1', '2', '3', '4', '5', '6', '8', '9', '10', '30'];
  const good = types.map((type) =>
    row(type === '0' ? '016000010' : nurse, { identifierType: type, idNatPs: `${type}x` }),
  );
  assert.equal((await read(t, good)).accepted.length, types.length);
  const bad = ['', '7', '11', 'RPPS'].map((identifierType) => row(nurse, { identifierType }));
  const { skipped } = await read(t, bad);
  assert.deepEqual(
    skipped.map(({ reason }) => reason),
    bad.map(() => 'torn_line'),
  );
});

test('a row may lack its last columns, down to the mode', async (t) => {
  const fields = row(nurse).split('|');
  const [enough, short] = [18, 17].map((count) => fields.slice(0, count).join('|'));
  const { accepted, skipped } = await read(t, [enough ?? '', short ?? '']);
  assert.equal(accepted.length, 1);
  assert.deepEqual(skipped, [{ line: 3, reason: 'torn_line' }]);
});

test('one empty field more than the header is a trailing delimiter, any other is a long line', async (t) => {
  const { accepted, skipped } = await read(t, [`${row(nurse)}|`, `${row(nurse)}|x`, `${row(nurse)}||`]);
  assert.equal(accepted.length, 1);
  assert.deepEqual(skipped, [
    { line: 3, reason: 'long_line' },
    { line: 4, reason: 'long_line' },
  ]);
});

test('a header with a trailing delimiter counts as 56 columns', async (t) => {
  const { accepted, skipped } = await read(t, [`${row(nurse)}|`, `${row(doctor)}||`], `${extractHeader}|`);
  assert.equal(accepted.length, 1);
  assert.deepEqual(skipped, [{ line: 3, reason: 'long_line' }]);
});

test('an identifier that is empty or of the wrong length is refused', async (t) => {
  const { skipped, accepted } = await read(t, [
    row(''),
    row('9970000001'),
    row('9970000001X'),
    row('01600001', { identifierType: '0' }),
    row('2A6000012', { identifierType: '0', idNatPs: '02A6000012' }),
  ]);
  assert.deepEqual(
    skipped.map(({ line, reason }) => [line, reason]),
    [2, 3, 4, 5].map((line) => [line, 'bad_identifier']),
  );
  assert.equal(accepted.length, 1);
});

test('a wrong check digit is a warning, and the row counts', async (t) => {
  const { accepted, warnings, skipped } = await read(t, [row('99700000014'), row(nurse)]);
  assert.equal(accepted.length, 2);
  assert.deepEqual(skipped, []);
  assert.deepEqual(warnings, [{ line: 2, reason: 'bad_check_digit' }]);
});

test('a line with a NUL byte is of no encoding, whatever else is wrong with it', async (t) => {
  const { skipped } = await read(t, [row(nurse, { familyName: 'MAR\0TIN' }), 'to\0rn']);
  assert.deepEqual(skipped, [
    { line: 2, reason: 'bad_encoding' },
    { line: 3, reason: 'bad_encoding' },
  ]);
});

test('of rows with the same bytes the first counts, whatever their line end', async (t) => {
  const { accepted, skipped } = await read(t, [row(nurse), row(doctor), `${row(nurse)}\r`, 'torn', 'torn']);
  assert.equal(accepted.length, 2);
  assert.deepEqual(skipped, [
    { line: 4, reason: 'duplicate_line' },
    { line: 5, reason: 'torn_line' },
    { line: 6, reason: 'torn_line' },
  ]);
});

test('quotes are ordinary content', async (t) => {
  const { accepted } = await read(t, [row(nurse, { name: '"LE CABINET' }), row(doctor)]);
  assert.equal(accepted.length, 2);
});

test('columns are read by name, in any order', async (t) => {
  const names = Object.values(activityColumns).toReversed();
  const { accepted } = await read(t, [row(nurse).split('|').toReversed().join('|')], names.join('|'));
  assert.equal(accepted.length, 1);
});

test('rows of the other kinds have all the fields of their header', async (t) => {
  const fields = ['8', nurse, `8${nurse}`, 'MARTIN', 'Anne', '60', 'Infirmier', 'C', 'Civil', '', '', '', ''];
  const line = fields.join('|');
  const header = Object.values(expertiseColumns).join('|');
  const { accepted, skipped } = await read(t, [line, `${line}|`, line.slice(0, -1), `${line}|x`], header);
  assert.equal(accepted.length, 2);
  assert.deepEqual(
    skipped.map(({ reason }) => reason),
    ['torn_line', 'long_line'],
  );
});

test("a structure's mailbox needs no person", async (t) => {
  const names = Object.values(mailboxColumns);
  const line = ['ORG', 'a@b.mssante.fr', '', '', '', '1', '750000001', '', 'O'].join('|');
  const { accepted } = await read(t, [line], names.join('|'));
  assert.equal(accepted.length, 1);
});

test('the date of a file is that of its name, else its modification time', async (t) => {
  const named = await open(
    t,
    await writeExtract(t, `${extractHeader}\n`, 'PS_LibreAcces_Personne_activite_202607010215.txt'),
  );
  assert.equal(new Date(named.extractedAt).toISOString(), '2026-07-01T00:15:00.000Z');
  const path = await writeExtract(t, `${extractHeader}\n`, 'today.txt');
  await utimes(path, 1_700_000_000, 1_700_000_000);
  const unnamed = await open(t, path);
  assert.equal(unnamed.extractedAt, 1_700_000_000_000);
});

test('a file that is no extract is refused with one sentence', async (t) => {
  const openContent = async (content: string) => open(t, await writeExtract(t, content));
  await assert.rejects(openContent('a;b;c\n'), { message: /extract\.txt: its first line is not the header/ });
  await assert.rejects(openContent(''), { message: 'extract.txt: it is empty' });
  const lacking = extractHeader.replace('|Code rôle|', '|');
  await assert.rejects(openContent(lacking), { message: /lacks the column "Code rôle"/ });
  await assert.rejects(open(t, '/nowhere/file.txt'), { message: 'file.txt: there is no such file' });
  await assert.rejects(open(t, tmpdir()), { message: /it is a directory/ });
});

test('where one range cannot be read, the file is refused and every thread ends', async (t) => {
  const lines = Array.from({ length: 3000 }, () => row(nurse));
  lines[1500] = 'x'.repeat(2 * 1024 * 1024);
  const extract = await open(t, await writeExtract(t, `${extractHeader}\n${lines.join('\n')}\n`));
  const scan = scanExtract(extract, { owners: new KeyIndex(), places: new KeyIndex() }, { threads: 3 });
  await assert.rejects(scan, {
    name: 'ExtractError',
    message: 'extract.txt: a line of it is over 1 MiB long',
  });
  assert.equal(countThreads(), 0);
});

/** Threads that run, or wait for somebody to read what they found. */
const countThreads = () => (process.report.getReport() as { workers: unknown[] }).workers.length;

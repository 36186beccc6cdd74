import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCommandLine } from '../../src/command-line.ts';
import { temporaryDirectory, usualEngine } from '../support/databases.ts';
import { openOwnState } from '../support/seeded-data.ts';

function createSink() {
  const parts: string[] = [];
  return { write: (text: string | Uint8Array) => parts.push(String(text)) > 0, text: () => parts.join('') };
}

/** A directory of a hundred rows, and the command line on it. */
async function open(t: TestContext) {
  const [data, files] = [await temporaryDirectory(t), await temporaryDirectory(t)];
  const { env, remove } = await openOwnState(data, usualEngine, { seeded: false });
  t.after(remove);
  const hygie = async (...args: string[]) => {
    const [stdout, stderr] = [createSink(), createSink()];
    const code = await runCommandLine(['directory', ...args], env, stdout, stderr);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  };
  const extract = join(files, 'day_202609070300.txt');
  await hygie('generate', '--rows', '100', '--seed', 'a', '--out', extract);
  assert.equal((await hygie('import', extract)).code, 0);
  const linesOf = async (name: string) => (await readFile(join(files, name), 'utf8')).trimEnd().split('\n');
  return { files, hygie, linesOf };
}

test('the directory is written as resources, and as tables of as many lines', async (t) => {
  const { files, hygie, linesOf } = await open(t);
  const { code, stdout, stderr } = await hygie('export', '--format', 'ndjson', '--out', files, '--json');
  assert.equal(code, 0, stderr);
  const report = JSON.parse(stdout) as { generation: number; files: { name: string; count: number }[] };
  assert.equal(report.generation, 1);
  assert.deepEqual(
    report.files.map(({ name }) => name),
    ['Practitioner.ndjson', 'PractitionerRole.ndjson', 'Organization.ndjson'],
  );
  for (const { name, count } of report.files) {
    const lines = (await linesOf(name)).map((line) => JSON.parse(line) as { resourceType: string });
    assert.equal(lines.length, count);
    assert.ok(lines.every(({ resourceType }) => `${resourceType}.ndjson` === name));
  }
  assert.equal((await hygie('export', '--format', 'csv', '--out', files)).code, 0);
  for (const { name, count } of report.files) {
    const [header, ...rows] = await linesOf(name.replace('ndjson', 'csv'));
    assert.match(header ?? '', /^id;.*;active;lastUpdated;version;/);
    assert.equal(rows.length, count);
    const columns = header?.split(';').length;
    assert.ok(rows.every((row) => row.includes('"') || row.split(';').length === columns));
  }
});

test('only the types that are asked for are written; what is asked wrongly is a sentence', async (t) => {
  const { files, hygie } = await open(t);
  const roles = await hygie(
    'export',
    '--format',
    'csv',
    '--type',
    'PractitionerRole',
    '--out',
    join(files, 'new'),
  );
  assert.match(roles.stdout, /^PractitionerRole\.csv: \d+ lines\n[\d.]+ s\n$/);
  assert.deepEqual(await hygie('export', '--format', 'xml'), {
    code: 2,
    stdout: '',
    stderr: '--format must be ndjson or csv.\n',
  });
  assert.equal((await hygie('export', '--format', 'csv', '--type', 'Patient')).code, 2);
  const nowhere = await hygie(
    'export',
    '--format',
    'csv',
    '--out',
    join(files, 'day_202609070300.txt', 'no'),
  );
  assert.deepEqual([nowhere.code, nowhere.stderr], [1, 'The directory of --out cannot be written.\n']);
});

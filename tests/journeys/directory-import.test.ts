import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import type { ImportReport } from '#directory';
import { runCommandLine } from '../../src/command-line.ts';
import { type Engine, temporaryDirectory, usualEngine } from '../support/databases.ts';
import { openOwnState } from '../support/seeded-data.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

/** `hygie directory …` on a data directory that was never started. */
async function openCommandLine(t: TestContext) {
  const data = await temporaryDirectory(t);
  const files = await temporaryDirectory(t);
  const { env, remove } = await openOwnState(data, usualEngine, { seeded: false });
  t.after(remove);
  async function hygie(...args: string[]) {
    const [stdout, stderr] = [createSink(), createSink()];
    const code = await runCommandLine(['directory', ...args], env, stdout, stderr);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  }
  const importJson = async (...args: string[]): Promise<ImportReport> => {
    const { code, stdout, stderr } = await hygie('import', ...args, '--json');
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };
  return { data, env, hygie, importJson, file: (name: string) => join(files, name) };
}

function createSink() {
  const parts: string[] = [];
  return { write: (text: string | Uint8Array) => parts.push(String(text)) > 0, text: () => parts.join('') };
}

test('a generated extract is planned, applied, and the same again is unchanged', async (t) => {
  const { hygie, importJson, file, data } = await openCommandLine(t);
  const day = file('day_202609070300.txt');
  assert.equal((await hygie('generate', '--rows', '2000', '--seed', 'a', '--out', day)).code, 0);
  const planned = await importJson(day, '--dry-run');
  assert.equal(planned.status, 'planned');
  assert.equal(planned.generation, 0);
  const applied = await importJson(day);
  assert.equal(applied.status, 'applied');
  assert.deepEqual(applied.practitioners, planned.practitioners);
  assert.deepEqual(
    applied.files.map(({ name, kind, rows, skippedCount }) => ({ name, kind, rows, skippedCount })),
    [{ name: 'day_202609070300.txt', kind: 'Personne_activite', rows: 2000, skippedCount: 0 }],
  );
  assert.ok(applied.seconds > 0 && applied.rowsPerSecond > 0 && applied.peakMemoryMiB > 0);
  assert.match(applied.runId, /^imp_/);
  const again = await importJson(day);
  assert.equal(again.status, 'unchanged');
  assert.equal(again.generation, applied.generation);
  assert.deepEqual(again.practitioners, {
    created: 0,
    changed: 0,
    removed: 0,
    unchanged: applied.practitioners.created,
  });
  if (usualEngine === 'sqlite')
    assert.ok((await readdir(data)).includes(`directory-${applied.generation}.sqlite`));
});

test("the next day's extract differs by about what was asked, and only that is applied", async (t) => {
  const { hygie, importJson, file } = await openCommandLine(t);
  const [day, next] = [file('a_202609070300.txt'), file('a_202609080300.txt')];
  await hygie('generate', '--rows', '3000', '--seed', 'a', '--out', day);
  const made = await hygie('generate', '--delta', '5', '--from', day, '--seed', 'b', '--out', next, '--json');
  assert.deepEqual(JSON.parse(made.stdout), { file: next, rows: 3000 });
  const first = await importJson(day);
  const second = await importJson(next);
  const { created, changed, removed, unchanged } = second.practitioners;
  assert.equal(removed + changed + unchanged, first.practitioners.created);
  assert.ok(created > 0 && changed > 0 && removed > 0);
  assert.ok(created + changed + removed < first.practitioners.created * 0.1);
});

test('generating twice with the same seed writes the same file', async (t) => {
  const { hygie, file } = await openCommandLine(t);
  for (const name of ['a.txt', 'b.txt'])
    await hygie('generate', '--rows', '500', '--seed', '7', '--out', file(name));
  assert.equal(await readFile(file('a.txt'), 'utf8'), await readFile(file('b.txt'), 'utf8'));
});

test('the report for people says what was left out and why', async (t) => {
  const { hygie, file } = await openCommandLine(t);
  await hygie('generate', '--rows', '20', '--seed', 'a', '--out', file('a.txt'));
  await writeFile(file('a.txt'), 'torn\n', { flag: 'a' });
  const { stdout } = await hygie('import', file('a.txt'));
  assert.match(stdout, /a\.txt \(Personne_activite\): 21 rows, 1 skipped\n {2}line 22: torn_line\n/);
  assert.match(stdout, /Applied: generation 1/);
});

test('an older extract is refused with one sentence', async (t) => {
  const { hygie, importJson, file } = await openCommandLine(t);
  const [older, newer] = [file('a_202609070300.txt'), file('a_202609080300.txt')];
  for (const [seed, out] of Object.entries({ a: older, b: newer })) {
    await hygie('generate', '--rows', '20', '--seed', seed, '--out', out);
  }
  await importJson(newer);
  const { code, stdout, stderr } = await hygie('import', older);
  assert.deepEqual([code, stdout], [1, '']);
  assert.equal(
    stderr,
    'a_202609070300.txt is of 2026-09-07 03:00 (Paris), older than the Personne_activite of 2026-09-08 03:00 (Paris) that the directory holds.\n',
  );
});

test('a run that would end too many exits 3 with its report, and is applied when it is accepted', async (t) => {
  const { hygie, importJson, file } = await openCommandLine(t);
  const [old, next] = [file('a_202609070300.txt'), file('a_202609080300.txt')];
  await hygie('generate', '--rows', '300', '--seed', 'old', '--out', old);
  await hygie('generate', '--rows', '300', '--seed', 'next', '--out', next);
  await importJson(old);
  const { code, stdout } = await hygie('import', next, '--json');
  assert.equal(code, 3);
  assert.equal((JSON.parse(stdout) as ImportReport).status, 'waiting');
  const waiting = await hygie('import', next);
  assert.match(waiting.stdout, /run again with the same files and --accept/);
  assert.match(waiting.stdout, /^By profession .*\n {2}10 Médecin +\+\d+ .*-\d+/m);
  assert.match(waiting.stdout, /^By département .*\n(?: {2}.*\n)* {2}\w{2,3} \w.*\+\d+/m);
  assert.match(waiting.stdout, /^Some of the practitioners changed:\n(?: {2}[^\n]+, 8\d{11}\n){10}\S/m);
  assert.equal((await importJson(next, '--accept')).status, 'applied');
});

test('the runs of imports are listed, and each is shown with its plan', async (t) => {
  const { hygie, importJson, file } = await openCommandLine(t);
  assert.equal((await hygie('runs')).stdout, 'Nothing has been imported yet.\n');
  const day = file('day_202609070300.txt');
  await hygie('generate', '--rows', '50', '--seed', 'a', '--out', day);
  await importJson(day, '--dry-run');
  const applied = await importJson(day);
  const listed = await hygie('runs');
  assert.match(
    listed.stdout,
    new RegExp(`^${applied.runId}  2\\S+Z  applied  \\+\\d+ ~0 -0  \\S+ s  day_202609070300\\.txt\n$`),
  );
  const { runs } = JSON.parse((await hygie('runs', '--json')).stdout);
  assert.deepEqual([runs.length, runs[0].id, runs[0].plan], [1, applied.runId, undefined]);
  const shown = await hygie('runs', applied.runId);
  assert.match(
    shown.stdout,
    /^By profession [\s\S]*^Some of the organizations created:$[\s\S]*^applied: generation 1/m,
  );
  assert.deepEqual(JSON.parse((await hygie('runs', applied.runId, '--json')).stdout).plan, applied.plan);
  const unknown = await hygie('runs', 'imp_x');
  assert.deepEqual([unknown.code, unknown.stdout], [1, '']);
});

test('an extract without a row is refused: it would end everybody', async (t) => {
  const { hygie, importJson, file } = await openCommandLine(t);
  const day = file('day_202609070300.txt');
  await hygie('generate', '--rows', '50', '--seed', 'a', '--out', day);
  await importJson(day);
  const cutOff = file('day_202609080300.txt');
  const [header = ''] = (await readFile(day, 'utf8')).split('\n');
  await writeFile(cutOff, `${header}\n8|torn\n`);
  const { code, stderr } = await hygie('import', cutOff);
  assert.equal(code, 1);
  assert.match(stderr, /^[^\n]*holds no row that can be imported: nothing is changed\.\n$/);
});

test('correspondence and contact details are loaded beside the directory', async (t) => {
  const { hygie, file } = await openCommandLine(t);
  await writeFile(file('links.csv'), 'N° ADELI;N° RPPS\r\n996000019;99700000013\r\nx;y\r\n');
  const linked = await hygie('link', file('links.csv'), '--json');
  assert.deepEqual(JSON.parse(linked.stdout), {
    ...{ name: 'links.csv', rows: 2, imported: 1, skippedCount: 1 },
    skipped: [{ line: 3, reason: 'bad_adeli' }],
  });
  const header = 'Identifiant PP;Adresse e-mail;Téléphone mobile';
  await writeFile(file('contacts.csv'), `${header}\n99700000013;a@example.org;0639980001\n`);
  const { code, stdout } = await hygie('contacts', 'import', file('contacts.csv'));
  assert.deepEqual(
    [code, stdout],
    [0, 'contacts.csv: 1 rows, 1 imported, 0 skipped\ncreated 1, changed 0, unchanged 0\n'],
  );
});

test('each command has its help', async (t) => {
  const { hygie } = await openCommandLine(t);
  for (const words of [['import'], ['runs'], ['generate'], ['link'], ['contacts', 'import']]) {
    const { code, stdout, stderr } = await hygie(...words, '--help');
    assert.deepEqual([code, stderr], [0, '']);
    assert.ok(stdout.startsWith(`hygie directory ${words.join(' ')} `));
  }
});

test('bad usage exits 2 and bad files exit 1, each with one sentence', async (t) => {
  const { hygie, file } = await openCommandLine(t);
  await writeFile(file('other.txt'), 'a;b\n');
  const out = file('out.txt');
  const bad: [number, string[]][] = [
    [2, ['import']],
    [2, ['import', '--loud', out]],
    [2, ['import', out, '--dry-run=yes']],
    [1, ['import', out]],
    [1, ['import', file('other.txt')]],
    [1, ['import', file('')]],
    [2, ['runs', 'a', 'b']],
    [2, ['link']],
    [2, ['link', out, out]],
    [1, ['link', out]],
    [1, ['contacts', 'import', file('other.txt')]],
    [2, ['generate', '--rows', '10', '--out', out]],
    [2, ['generate', '--rows', 'ten', '--seed', '1', '--out', out]],
    [2, ['generate', '--rows', '10', '--seed', '1']],
    [2, ['generate', '--seed', '1', '--delta', '5', '--out', out]],
    [2, ['generate', '--seed', '1', '--delta', '500', '--from', file('other.txt'), '--out', out]],
    [1, ['generate', '--seed', '1', '--delta', '5', '--from', file('other.txt'), '--out', out]],
    [1, ['generate', '--rows', '10', '--seed', '1', '--out', file('no/such/folder')]],
  ];
  for (const [expected, args] of bad) {
    const { code, stdout, stderr } = await hygie(...args);
    assert.deepEqual([code, stdout], [expected, ''], args.join(' '));
    assert.match(stderr, /^[^\n]+\.\n$/, args.join(' '));
  }
});

test('an import that is killed at any moment leaves the old directory or the new one', async (t) => {
  const { data, env, hygie, importJson, file } = await openCommandLine(t);
  const [old, next] = [file('a_202609070300.txt'), file('a_202609080300.txt')];
  await hygie('generate', '--rows', '300', '--seed', 'old', '--out', old);
  await hygie('generate', '--rows', '5000', '--seed', 'next', '--out', next);
  const { generation: before } = await importJson(old);
  for (const moment of moments[usualEngine]) {
    await killAt(moment, [main, 'directory', 'import', next, '--accept'], env);
    const plan = await importJson(next, '--dry-run');
    const isNew = plan.practitioners.unchanged > 1000;
    assert.equal(plan.practitioners.created === 0, isNew, 'a mix of both extracts');
    assert.equal(plan.generation > before, isNew);
  }
  const report = await importJson(next, '--accept');
  assert.ok(report.status === 'applied' || report.status === 'unchanged');
  const left = (await readdir(data)).filter((name) => name.startsWith('directory-building'));
  assert.deepEqual(left, []);
});

/** Resolves when an import that works with these settings is there. */
type Moment = (env: Record<string, string>, signal: AbortSignal) => Promise<unknown>;

/** So many changes of such files. */
const changesOf =
  (files: RegExp, changes: number): Moment =>
  async ({ HYGIE_DATA_DIR: data = '' }, signal) => {
    let left = changes;
    for await (const { filename } of watch(data, { signal })) {
      if (files.test(filename ?? '') && --left === 0) return;
    }
  };

/** A connection does such a statement, or has just done it. */
const statement =
  (text: RegExp): Moment =>
  async ({ HYGIE_DATABASE_URL: url }, signal) => {
    const client = new pg.Client(url);
    await client.connect();
    const others = `select query from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    while (!signal.aborted) {
      const { rows } = await client.query<{ query: string }>(others);
      if (rows.some(({ query }) => text.test(query))) break;
    }
    await client.end();
  };

const building = /^directory-building-/;
const moments: Record<Engine, Moment[]> = {
  sqlite: [
    changesOf(building, 1),
    changesOf(building, 50),
    changesOf(building, 200),
    changesOf(/^directory-\d+\.sqlite$/, 1),
    changesOf(/^state\.sqlite-wal$/, 8),
  ],
  postgres: [statement(/^create table/), statement(/^insert into/), statement(/^create .*index/)],
};

/** Runs a command and kills it at that moment, if it has not ended by then. */
async function killAt(moment: Moment, args: string[], env: Record<string, string>): Promise<void> {
  const watching = new AbortController();
  const reached = moment(env, watching.signal);
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  await Promise.race([reached.then(() => child.kill('SIGKILL')), ended]);
  await ended;
  watching.abort();
  await reached.catch(() => undefined);
}

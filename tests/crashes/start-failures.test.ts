import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, rm, truncate, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, type TestContext, test } from 'node:test';
import { listenerNames } from '#platform/http/site.ts';
import { runCommandLine } from '../../src/command-line.ts';
import { startServer } from '../../src/server.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { makeSeededData, seedRows, testConfig } from '../support/seeded-data.ts';
import { mountSmallDisk } from './small-disk.ts';

const program = new URL('../../bin/hygie.mjs', import.meta.url).pathname;
const freePorts = Object.fromEntries(
  listenerNames.map((name) => [`HYGIE_${name.toUpperCase()}_PORT`, '0'] as const),
);
let seeded = process.env.HYGIE_TEST_SEEDED_DATA ?? '';

before(async () => {
  seeded ||= (await makeSeededData()).directory;
});

async function copyData(t: TestContext): Promise<string> {
  const dataDir = join(await temporaryDirectory(t), 'data');
  await cp(seeded, dataDir, { recursive: true });
  return dataDir;
}

/** `hygie start`: one sentence that says what to do, on standard error alone, and exit code 1. */
async function refusalOf(dataDir: string, env: Record<string, string> = {}): Promise<string> {
  const said = { out: '', err: '' };
  const sink = (name: 'out' | 'err') => ({
    write(text: string | Uint8Array) {
      said[name] += text;
      // One that starts after all is stopped, so that the test fails at once.
      if (said.out.includes('Hygie is ready')) setImmediate(() => process.emit('SIGTERM', 'SIGTERM'));
      return true;
    },
  });
  const all = { HYGIE_DATA_DIR: dataDir, HYGIE_LOG_LEVEL: 'silent', ...freePorts, ...env };
  const code = await runCommandLine(['start'], all, sink('out'), sink('err'));
  assert.deepEqual([code, said.out], [1, ''], said.err);
  assert.match(said.err, /^\w[^\n]*\.\n$/, 'one line that is a sentence');
  assert.ok(!said.err.includes(dataDir), 'names the variable, not its value');
  return said.err;
}

const garbage = (file: string) => writeFile(file, Buffer.alloc(20_000, 'Hygie'));
const damaged = /^A database file of the data directory .* is damaged: put back the whole directory/;

test('a state database that is garbage, or cut off, is said to be damaged', async (t) => {
  const dataDir = await copyData(t);
  const file = join(dataDir, 'state.sqlite');
  await truncate(file, 20_000);
  assert.match(await refusalOf(dataDir), damaged);
  await garbage(file);
  assert.match(await refusalOf(dataDir), damaged);
});

test('a generation of the directory that is garbage, cut off or gone is said to be so', async (t) => {
  const dataDir = await copyData(t);
  const file = join(dataDir, 'directory-2.sqlite');
  await truncate(file, 9_000);
  assert.match(await refusalOf(dataDir), damaged);
  await garbage(file);
  assert.match(await refusalOf(dataDir), damaged);
  await rm(file);
  assert.match(await refusalOf(dataDir), /^Generation 2 of the directory is missing: put back/);
});

test('a database of a newer version is left alone', async (t) => {
  const dataDir = await copyData(t);
  const file = join(dataDir, 'state.sqlite');
  const newer = new DatabaseSync(file);
  newer.exec("insert into schema_migration (name, applied_at) values ('portal-901-from-tomorrow', 1)");
  newer.close();
  assert.match(await refusalOf(dataDir), /^The database was written by a newer version of Hygie: run that/);
});

test('secrets that are damaged, gone or of another database are not replaced in silence', async (t) => {
  const dataDir = await copyData(t);
  const file = join(dataDir, 'secrets.json');
  for (const text of ['{"hmacKey": "a secret that is cut o', '[]', '{"hmacKey": 1}']) {
    await writeFile(file, text);
    const said = await refusalOf(dataDir);
    assert.match(said, /^secrets\.json in the data directory .* is damaged: put it back/);
    assert.doesNotMatch(said, /a secret/);
  }
  await rm(file);
  assert.match(await refusalOf(dataDir), /^secrets\.json .* is not the one that this database was written/);
});

test('a certificate authority of which a file is gone or damaged is said to be so', async (t) => {
  for (const [name, spoil] of [
    ['persons.key', (file: string) => rm(file)],
    ['root.pem', garbage],
    ['server.pem', garbage],
  ] as const) {
    const dataDir = await copyData(t);
    await spoil(join(dataDir, 'pki', name));
    assert.match(
      await refusalOf(dataDir),
      /^A certificate or key below pki\/ .* is missing or damaged/,
      name,
    );
  }
});

test('a second process is kept out, and a port that is taken is named', async (t) => {
  const dataDir = await copyData(t);
  const server = await startServer(testConfig(dataDir), { seedRows });
  assert.match(await refusalOf(dataDir), /^Another process already serves from this data directory; stop it/);
  const { port } = new URL(server.urls.portal ?? '');
  const other = await copyData(t);
  const taken = await refusalOf(other, { HYGIE_PORTAL_PORT: port });
  assert.equal(
    taken,
    `Port ${port} is in use; stop what listens there, or move the listener with HYGIE_<LISTENER>_PORT.\n`,
  );
  await server.close();
  const again = await startServer(testConfig(other), { seedRows });
  await again.close();
});

test('a PostgreSQL that does not answer, or does not know us, is said to be so', async (t) => {
  const dataDir = await copyData(t);
  const closed = createServer().listen(0, '127.0.0.1');
  const { port } = await new Promise<AddressInfo>((resolve) =>
    closed.on('listening', () => resolve(closed.address() as AddressInfo)),
  );
  await new Promise((resolve) => closed.close(resolve));
  const down = { HYGIE_DATABASE_URL: `postgres://hygie@127.0.0.1:${port}/hygie` };
  assert.match(await refusalOf(dataDir, down), /^PostgreSQL does not answer at HYGIE_DATABASE_URL: start it/);
  const url = process.env.HYGIE_TEST_DATABASE_URL;
  if (!url) return;
  const unknown = { HYGIE_DATABASE_URL: Object.assign(new URL(url), { pathname: '/nothing' }).href };
  assert.match(await refusalOf(dataDir, unknown), /^PostgreSQL does not let Hygie in: correct the account/);
});

test('a disk that is full or read-only is said to be so, and a start with room goes well', async (t) => {
  const disk = await mountSmallDisk();
  if (!disk) return t.skip('only root may make a small disk');
  await using _unmounted = disk;
  const dataDir = join(disk.path, 'data');
  await cp(seeded, dataDir, { recursive: true });
  const ballast = await disk.fill();
  assert.match(await refusalOf(dataDir), /^The disk that holds the data directory .* is full .*: make room/);
  await rm(ballast);
  const server = await startServer(testConfig(dataDir), { seedRows });
  await server.close();
  disk.makeReadOnly();
  assert.match(await refusalOf(dataDir), readOnly);
});

const readOnly = /^The data directory \(HYGIE_DATA_DIR\) cannot be written by this account/;

test('a data directory that is a file, or belongs to somebody else, cannot be written', async (t) => {
  const file = join(await temporaryDirectory(t), 'data');
  await writeFile(file, '');
  assert.match(await refusalOf(file), readOnly);
  const dataDir = await copyData(t);
  for (const directory of [dataDir, join(dataDir, '..')]) await chmod(directory, 0o555);
  const { code, err } = await startAsNobody(dataDir);
  for (const directory of [join(dataDir, '..'), dataDir]) await chmod(directory, 0o755);
  assert.match(err, readOnly);
  assert.equal(code, 1);
});

/** A process of its own, which ends by itself; not as root, who may write everywhere. */
function startAsNobody(dataDir: string): Promise<{ code: number | null; err: string }> {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const env = { ...process.env, HYGIE_DATA_DIR: dataDir, ...freePorts };
  const child = spawn(process.execPath, [program, 'start'], { ...nobody, env, cwd: '/', stdio: 'pipe' });
  return new Promise((resolve) => {
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, err }));
  });
}

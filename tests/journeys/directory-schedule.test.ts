import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { createAudit } from '#audit';
import { openSandboxSecrets } from '#config';
import { createDirectory, createDirectorySchedule, extractHeader, formatExtractRow } from '#directory';
import { withLuhnKey } from '#national-id';
import { VirtualClock } from '#platform/clock.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { buildRefreshJobs } from '../../src/build-refresh.ts';
import { generationsOf, openState } from '../../src/command-context.ts';
import { runCommandLine } from '../../src/command-line.ts';
import { forEachEngine, temporaryDirectory, usualEngine } from '../support/databases.ts';
import { liberal, person, practice } from '../support/directory-rows.ts';
import { startFileServer } from '../support/file-server.ts';
import { openOwnState, testConfig } from '../support/seeded-data.ts';
import { startTestServer } from '../support/start-test-server.ts';

const day = 24 * 3_600_000;

const extractOf = (size: number): Buffer => {
  const rows = Array.from({ length: size }, (_, index) => ({
    ...person(withLuhnKey(`99701${String(index).padStart(5, '0')}`)),
    ...liberal,
    ...practice('R95141'),
  }));
  return Buffer.from([extractHeader, ...rows.map(formatExtractRow), ''].join('\n'));
};

async function hygie(env: Record<string, string>, ...args: string[]) {
  const said = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write(text: string | Uint8Array) {
      said[name] += text;
      return true;
    },
  });
  const code = await runCommandLine(['directory', ...args], env, sink('stdout'), sink('stderr'));
  return { code, ...said };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a server that runs fetches and imports at the time that was set beside it', async (t) => {
  const files = await startFileServer(t);
  const extracts = { HYGIE_EXTRACT_URLS: `${files.url}/a_202612010300.txt` };
  files.serve('/a_202612010300.txt', { body: extractOf(30), etag: '"one"' });
  const server = await startTestServer(t, { env: extracts });
  const env = { ...server.env, ...extracts };
  assert.deepEqual(await hygie(env, 'schedule'), { code: 0, stdout: 'Nothing is scheduled.\n', stderr: '' });
  const set = await hygie(env, 'schedule', '--at', '04:30');
  assert.match(set.stdout, /^Every day at 04:30, next at \d{4}-\d\d-\d\dT0[23]:30:00\.000Z\.\n$/);
  await server.api('POST', '/api/clock', { advanceMs: day });
  const listRuns = async () => JSON.parse((await hygie(env, 'runs', '--json')).stdout).runs;
  await until(async () => (await listRuns())[0]?.files[0]?.name === 'a_202612010300.txt');
  assert.equal((await listRuns())[0].status, 'applied');
  assert.equal((await hygie(env, 'schedule', '--off')).stdout, 'Nothing is scheduled.\n');
});

test('files are fetched by hand, from the addresses that are set or given, and imported', async (t) => {
  const files = await startFileServer(t);
  const data = await temporaryDirectory(t);
  const { env, remove } = await openOwnState(data, usualEngine, { seeded: false });
  t.after(remove);
  files.serve('/a_202612010300.txt', { body: extractOf(3), etag: '"one"' });
  const url = `${files.url}/a_202612010300.txt`;
  const fetched = await hygie(env, 'fetch', '--url', url);
  assert.match(fetched.stdout, /a_202612010300\.txt: fetched, 0\.0 MB in \S+ s, no checksum is offered\n$/);
  const set = { ...env, HYGIE_EXTRACT_URLS: `${url} ` };
  const again = JSON.parse((await hygie(set, 'fetch', '--json')).stdout);
  assert.deepEqual([again.files[0].url, again.files[0].status], [url, 'unchanged']);
  const report = JSON.parse((await hygie(env, 'import', again.files[0].file, '--json')).stdout);
  assert.equal(report.status, 'applied');
  assert.match((await hygie(set, 'fetch')).stdout, /: unchanged\n$/);
});

test('what cannot be fetched or set is said in one sentence', async (t) => {
  const files = await startFileServer(t);
  const env = { HYGIE_DATA_DIR: await temporaryDirectory(t) };
  const refused: [number, RegExp, string[]][] = [
    [2, /^No address is known/, ['fetch']],
    [2, /^Addresses are given by --url/, ['fetch', 'a.txt']],
    [1, /^an address of an extract must begin with https/, ['fetch', '--url', 'ftp://example.org/a.txt']],
    [
      1,
      /^example\.org: extracts are fetched by https/,
      ['fetch', '--url', 'http://example.org/a.txt?key=secret'],
    ],
    [1, /: it answers 404\.$/, ['fetch', '--url', `${files.url}/none.txt?key=secret`]],
    [2, /^HYGIE_EXTRACT_URLS names no address/, ['schedule', '--at', '04:30']],
    [2, /^--at must be a time/, ['schedule', '--at', '24:00']],
    [2, /exclude each other/, ['schedule', '--at', '04:30', '--off']],
  ];
  for (const [expected, sentence, args] of refused) {
    const { code, stdout, stderr } = await hygie(env, ...args);
    assert.deepEqual([code, stdout], [expected, ''], args.join(' '));
    assert.match(stderr.trimEnd(), sentence);
    assert.ok(!stderr.includes('secret'));
  }
  for (const words of ['fetch', 'schedule'])
    assert.match((await hygie(env, words, '--help')).stdout, new RegExp(`^hygie directory ${words} `));
  const wrong = await hygie({ ...env, HYGIE_EXTRACT_URLS: 'secret' }, 'fetch');
  assert.match(wrong.stderr, /^HYGIE_EXTRACT_URLS: must be addresses/);
});

forEachEngine((engine) => {
  test('of several processes one does the daily import, an import that waits is reported, and it goes on', async (t) => {
    const scene = await openScene(t, engine);
    scene.serve(120);
    await scene.schedule.set('04:30');
    await using _one = scene.serveJobs();
    await using _two = scene.serveJobs();
    await scene.nextDay();
    await until(async () => (await scene.refreshes()).length === 1);
    scene.serve(60);
    await scene.nextDay();
    await until(async () => (await scene.refreshes()).length === 2);
    assert.deepEqual(
      (await scene.refreshes()).map(({ details }) => details.status),
      ['waiting', 'applied'],
    );
    assert.deepEqual(
      (await scene.directory.listRuns()).map(({ status }) => status),
      ['waiting', 'applied'],
    );
    assert.match(scene.log(), /"level":40.*an import waits: look at its plan/);
  });

  test('a failure is tried again, by a process that starts later too; what was turned off does nothing', async (t) => {
    const scene = await openScene(t, engine);
    await scene.schedule.set('04:30');
    scene.clock.setAhead(day);
    const first = scene.serveJobs();
    await until(async () => /directory\.refresh.*fetch: 127\.0\.0\.1:\d+: it answers 404/.test(scene.log()));
    await first[Symbol.asyncDispose]();
    scene.serve(10);
    scene.clock.setAhead(day + 3_600_000);
    {
      await using _later = scene.serveJobs();
      await until(async () => (await scene.refreshes()).length === 1);
    }
    assert.equal((await scene.directory.listRuns())[0]?.status, 'applied');
    await scene.schedule.clear();
    scene.clock.setAhead(3 * day);
    await using _last = scene.serveJobs();
    await until(async () => (await scene.countJobs()) === 0);
    assert.equal((await scene.refreshes()).length, 1);
  });
});

/** A directory that was never started, its schedule, and processes that serve its jobs. */
async function openScene(t: TestContext, engine: 'sqlite' | 'postgres') {
  const ending = new AsyncDisposableStack();
  t.after(() => ending.disposeAsync());
  const files = await startFileServer(t);
  const { env, remove } = await openOwnState(await temporaryDirectory(t), engine, { seeded: false });
  ending.defer(remove);
  const config = testConfig(env.HYGIE_DATA_DIR ?? '', {
    ...env,
    HYGIE_EXTRACT_URLS: `${files.url}/a.txt`,
  });
  const clock = new VirtualClock();
  let log = '';
  const logger = createLogger(
    'info',
    new PassThrough().on('data', (text) => (log += text)),
  );
  const database = ending.adopt(await openState(config), (opened) => opened.close());
  const audit = createAudit({ database, clock, logger });
  const generations = generationsOf(config);
  const directory = ending.use(createDirectory({ database, generations, clock, events: audit }));
  const { hmacKey } = await openSandboxSecrets(config.dataDir);
  const queue = () => createJobQueue({ database, clock, secret: Buffer.from(hmacKey, 'base64url') });
  const schedule = createDirectorySchedule({ database, clock, jobs: queue() });
  const refreshes = async () => (await audit.latest(20)).filter(({ name }) => name === 'directory.refreshed');
  let days = 0;
  return {
    ...{ clock, directory, schedule, refreshes },
    log: () => log,
    /** So many people, from now on. */
    serve(size: number) {
      const lastModified = new Date(Date.UTC(2026, 10, 20 + days)).toUTCString();
      files.serve('/a.txt', { body: extractOf(size), lastModified });
    },
    async nextDay() {
      clock.setAhead(++days * day);
    },
    serveJobs() {
      const jobs = queue();
      const handlers = buildRefreshJobs({ config, database, clock, logger, audit, messaging: { jobs } });
      return startJobs({ database, clock, logger, queue: jobs, handlers, pollMs: 20 });
    },
    async countJobs() {
      const rows = await database.as<{ job: { id: string } }>().selectFrom('job').select('id').execute();
      return rows.length;
    },
  };
}

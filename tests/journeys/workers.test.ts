import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listenerNames } from '#platform/http/site.ts';
import { runCommandLine } from '../../src/command-line.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { openChoice, press, textOf } from '../support/http-walk.ts';
import { openOwnState } from '../support/seeded-data.ts';
import type { TestServer } from '../support/start-test-server.ts';

const program = new URL('../../bin/hygie.mjs', import.meta.url).pathname;
const ports = Object.fromEntries(listenerNames.map((name) => [`HYGIE_${name.toUpperCase()}_PORT`, '0']));

interface Workers {
  urls: TestServer['urls'];
  dataDir: string;
  output(): string;
  /** Until it has said so. */
  said(what: RegExp): Promise<void>;
  /** Pids of the workers, the oldest first. */
  list(): Promise<number[]>;
  /** Exit code after SIGTERM. */
  stop(): Promise<number | null>;
}

async function startWorkers(t: TestContext): Promise<Workers> {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const state = await openOwnState(dataDir, 'postgres', { seeded: true });
  const child = spawn(process.execPath, [program, 'start', '--workers', '2'], {
    env: { ...process.env, ...ports, HYGIE_LOG_LEVEL: 'info', ...state.env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const exit = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    const [code] = await exit;
    return code as number | null;
  };
  t.after(async () => {
    await stop();
    await state.remove();
  });
  const said = async (what: RegExp) => {
    while (!what.test(output)) {
      const isOver = await Promise.race([
        once(child.stdout, 'data').then(() => false),
        exit.then(() => true),
      ]);
      if (isOver) assert.fail(`it ended: ${output}`);
    }
  };
  await said(/Hygie is ready/);
  const { pid, ...urls } = JSON.parse(await readFile(join(dataDir, 'listening.json'), 'utf8'));
  assert.equal(pid, child.pid);
  const list = async () => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.trim().split(' ').map(Number);
  };
  return { urls, dataDir, output: () => output, said, list, stop };
}

/** Over a connection of its own, so that each request comes to the next worker; one that breaks is made again. */
const sendAnew: typeof fetch = async (url, init = {}) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(new URL(String(url)), init);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
};

function sendOnce(url: URL, init: RequestInit): Promise<Response> {
  const body = init.body === undefined || init.body === null ? undefined : String(init.body);
  const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = { ...form, ...Object.fromEntries(new Headers(init.headers)) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, method: init.method ?? 'GET', headers }, async (answer) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of answer) chunks.push(chunk);
      } catch (error) {
        return reject(error);
      }
      const told = new Headers();
      for (const [name, values] of Object.entries(answer.headersDistinct))
        for (const value of values ?? []) told.append(name, value);
      const status = answer.statusCode ?? 0;
      const hasBody = ![204, 303, 304].includes(status);
      resolve(new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers: told }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const workersIn = (output: string) => new Set(output.match(/"worker":\d+/g) ?? []);
const skip = process.env.HYGIE_TEST_DATABASE_URL ? false : 'PostgreSQL is needed';

test('two workers serve one sign-in, and the death of one of them does not end it', { skip }, async (t) => {
  const workers = await startWorkers(t);
  const browser = createCookieBrowser(sendAnew);
  const choice = await openChoice(browser, workers.urls);
  const reader = await press(browser, choice, '/carte');
  const [lead = 0, other = 0, ...more] = await workers.list();
  assert.deepEqual([lead > 0, other > 0, more], [true, true, []]);
  process.kill(other, 'SIGKILL');
  const inserted = await press(browser, reader, '/carte', { persona: 'infirmier-rpps' });
  const page = await press(browser, inserted, '/code', { code: '1234' });
  assert.equal(page.url.origin, new URL(workers.urls.portal).origin);
  assert.match(textOf(page, 'national-id'), /RPPS/);
  assert.deepEqual(workersIn(workers.output()).size, 2);
  await workers.said(/begun anew/);

  const clock = await fetch(new URL('/api/clock', workers.urls.sandbox), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs: 60_000 }),
  });
  assert.deepEqual([clock.status, (await clock.json()).code], [409, 'clock.shared']);
  assert.equal(await workers.stop(), 0);
  await assert.rejects(access(join(workers.dataDir, 'listening.json')));
  assert.equal(workers.output().match(/Hygie is ready/g)?.length, 1);
});

test('workers are refused where they cannot be', async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const refusalOf = async (count: string) => {
    let said = '';
    const sink = {
      write(text: string | Uint8Array) {
        said += text;
        return true;
      },
    };
    const code = await runCommandLine(['start', '--workers', count], { HYGIE_DATA_DIR: dataDir }, sink, sink);
    return [code, said];
  };
  assert.deepEqual(await refusalOf('2'), [
    2,
    '--workers: SQLite serves from one process; more need PostgreSQL (HYGIE_DATABASE_URL).\n',
  ]);
  for (const count of ['0', '1.5', 'two', '65'])
    assert.deepEqual(await refusalOf(count), [2, '--workers: a number from 1 to 64.\n']);
});

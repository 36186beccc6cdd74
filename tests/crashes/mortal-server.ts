import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listenerNames } from '#platform/http/site.ts';
import { startServer } from '../../src/server.ts';
import { type Ending, type Engine, temporaryDirectory } from '../support/databases.ts';
import { openOwnState, seedRows, testConfig } from '../support/seeded-data.ts';
import type { TestServer } from '../support/start-test-server.ts';

/** `hygie start` in a process of its own, which comes back on the same ports whenever it was killed. */
export interface MortalServer extends Pick<TestServer, 'urls' | 'dataDir' | 'api'> {
  engine: Engine;
  /** As in HYGIE_DATABASE_URL; `undefined` on SQLite. */
  databaseUrl: string | undefined;
  /** How often it was killed. */
  kills: number;
  /** `kill -9`, then a new start. */
  kill(): void;
  /** Resolves while it listens; rejects where it ended otherwise. */
  ready(): Promise<void>;
}

const program = new URL('../../bin/hygie.mjs', import.meta.url).pathname;

export async function startMortalServer(
  t: Ending,
  engine: Engine,
  more: Record<string, string> = {},
): Promise<MortalServer> {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const { env: own, remove } = await openOwnState(dataDir, engine, { seeded: true });
  const env = { ...(await findPorts()), ...more, ...own };
  const urls = await plant(dataDir, env);
  const life = startLife({ HYGIE_DATA_DIR: dataDir, HYGIE_LOG_LEVEL: 'error', ...env });
  t.after(async () => {
    await life.stop();
    await remove();
  });
  await life.ready();
  const databaseUrl = own.HYGIE_DATABASE_URL;
  return Object.assign(life, { engine, databaseUrl, dataDir, urls, api: callsTo(urls) });
}

/** A first start makes what later ones take up, where the run has not. */
async function plant(dataDir: string, env: Record<string, string>) {
  const server = await startServer(testConfig(dataDir, env), { seedRows });
  await server.close();
  return server.urls as TestServer['urls'];
}

/** Below those that systems give to clients, which would take one while the server is down. */
async function findPorts(): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  for (let port = randomInt(15_000, 31_000); Object.keys(ports).length < listenerNames.length; port++) {
    const name = listenerNames[Object.keys(ports).length];
    if (await isFree(port)) ports[`HYGIE_${name?.toUpperCase()}_PORT`] = String(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function startLife(env: Record<string, string>) {
  let child: ChildProcess;
  let ready: Promise<void>;
  let stopped = false;
  const life = {
    kills: 0,
    kill() {
      life.kills++;
      child.kill('SIGKILL');
      start();
    },
    ready: () => ready,
    async stop() {
      stopped = true;
      await ready.catch(() => undefined);
      child.kill('SIGKILL');
      await ended(child);
    },
  };

  function start(): void {
    const before = child as ChildProcess | undefined;
    ready = (async () => {
      if (before) await ended(before);
      if (stopped) return;
      child = spawn(process.execPath, [program, 'start'], { env: { ...process.env, ...env }, stdio: 'pipe' });
      await listening(child);
    })();
    // Whoever waits for it is told.
    ready.catch(() => undefined);
  }
  start();
  return life;
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Until it says that it is ready. */
function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += text;
      if (said.includes('Hygie is ready')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => code !== null && reject(new Error(`the server ended: ${said}`)));
  });
}

/** The sandbox's API; only browsers resolve names under `localhost`. */
function callsTo(urls: TestServer['urls']): TestServer['api'] {
  return async <Answer>(method: string, path: string, body?: object) => {
    const answer = await fetch(new URL(path, urls.sandbox), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Answer };
  };
}

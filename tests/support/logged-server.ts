import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { listenerNames } from '#platform/http/site.ts';
import { type Ending, temporaryDirectory, usualEngine } from './databases.ts';
import { openOwnState } from './seeded-data.ts';
import type { TestServer } from './start-test-server.ts';

/** One line of the log, as it was written. */
export interface LogLine {
  level: number;
  time: string;
  msg: string;
  [field: string]: unknown;
}

export interface LoggedServer extends TestServer {
  /** All that the process wrote so far, its warnings and what libraries say included. */
  output(): string;
  /** The log alone. */
  lines(): LogLine[];
  /** Ends it, so that every line is there. */
  stop(): Promise<void>;
}

const program = new URL('../../bin/hygie.mjs', import.meta.url).pathname;

/** `hygie start` in a process of its own, whose every word is kept; it logs all that it can. */
export async function startLoggedServer(t: Ending, env: Record<string, string> = {}): Promise<LoggedServer> {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const state = await openOwnState(dataDir, usualEngine, { seeded: true });
  const ports = Object.fromEntries(listenerNames.map((name) => [`HYGIE_${name.toUpperCase()}_PORT`, '0']));
  const talkative = { HYGIE_LOG_LEVEL: 'trace', DEBUG: '*' };
  const child = spawn(process.execPath, [program, 'start'], {
    env: { ...process.env, ...ports, ...talkative, ...state.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill();
    await ended;
  };
  t.after(async () => {
    await stop();
    await state.remove();
  });
  while (!output.includes('Hygie is ready')) await Promise.race([once(child.stdout, 'data'), fail(ended)]);
  const urls = Object.fromEntries(
    [...output.matchAll(/^(\w+) +(https?:\S+)$/gm)].map(([, name, url]) => [name, url]),
  );
  return {
    urls: urls as TestServer['urls'],
    dataDir,
    env: state.env,
    api: (method, path, body) => call(new URL(path, urls.sandbox), method, body),
    output: () => output,
    lines: () => output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),
    stop,
  };
}

async function fail(ended: Promise<unknown>): Promise<never> {
  await ended;
  throw new Error('The server did not start.');
}

async function call<Answer>(url: URL, method: string, body?: object) {
  const headers = body ? { 'content-type': 'application/json' } : {};
  const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as Answer };
}

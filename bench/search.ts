import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchOptions, type Engine, sandboxEnvironment } from './bench-options.ts';
import { hygie } from './import.ts';
import { type Measured, startMeasured } from './measured-process.ts';
import { median, percentile, round } from './median.ts';
import type { MemoryTask } from './memory-server.ts';
import { readSamples, type SearchOperation, searchOperations } from './search-samples.ts';

const nationalRows = 2_283_000;
const concurrent = 16;
const people = 1500;
/** Questions of a kind that are asked before it is measured. */
const warmUp = 200;
/** No kind is measured for longer. */
const longestMs = 5_000;

export interface Figures {
  operations: number;
  operationsPerSecond: number;
  /** CPU of the server process, all threads. */
  cpuMsPerOperation: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  writesPerOperation: number;
  /** A server that has the same answers in memory. */
  floor: { operationsPerSecond: number; cpuMsPerOperation: number };
}

export interface SearchResult {
  name: 'search';
  engine: Engine;
  rows: number;
  operations: Record<SearchOperation, Figures>;
}

/** Reads and searches of an invented national directory, sixteen clients at a time. */
export async function measureSearch({
  engine,
  profileDir,
  rows = nationalRows,
}: BenchOptions): Promise<SearchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hygie-search-'));
  const env = sandboxEnvironment(join(folder, 'data'), engine);
  const file = join(folder, 'PS_LibreAcces_Personne_activite_202609100300.txt');
  try {
    await hygie(env, 'generate', '--rows', String(rows), '--seed', 'bench', '--out', file);
    await hygie(env, 'import', file, '--json');
    await rm(file);
    return { name: 'search', engine, rows, operations: await measureOperations(env, profileDir) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same over a directory that is there: `env` names its data directory. */
export async function measureOperations(
  env: NodeJS.ProcessEnv,
  profileDir?: string,
): Promise<Record<SearchOperation, Figures>> {
  await using opened = new AsyncDisposableStack();
  const start = startMeasured<object, { url: string }>('./directory-server.ts', {}, { env, profileDir });
  const server = opened.adopt(await start, (it) => it.stop());
  const samples = await readSamples(server.ready.url, people);
  const figures: Partial<Record<SearchOperation, Figures>> = {};
  for (const operation of searchOperations) figures[operation] = await measure(server, samples[operation]);
  return figures as Record<SearchOperation, Figures>;
}

type Server = Measured<{ url: string }>;

/** Each question is asked once: what the server remembers of another counts, its own answer does not. */
async function measure(server: Server, paths: readonly string[]): Promise<Figures> {
  await ask(server, paths.slice(0, warmUp));
  const { answers, ...figures } = await ask(server, paths.slice(warmUp));
  await using opened = new AsyncDisposableStack();
  const start = startMeasured<MemoryTask, { url: string }>('./memory-server.ts', { answers });
  const memory = opened.adopt(await start, (it) => it.stop());
  const answered = Object.keys(answers);
  await ask(memory, answered);
  const { operationsPerSecond, cpuMsPerOperation } = await ask(memory, answered);
  return { ...figures, floor: { operationsPerSecond, cpuMsPerOperation } };
}

async function ask({ ready, usage }: Server, paths: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrent });
  const answers: Record<string, string> = {};
  const latencies: number[] = [];
  const before = await usage();
  const startedAt = performance.now();
  let next = 0;
  const client = async () => {
    while (next < paths.length && performance.now() < startedAt + longestMs) {
      const path = paths[next++] ?? '/';
      const askedAt = performance.now();
      answers[path] = await load(agent, ready.url + path);
      latencies.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await usage();
  const count = latencies.length;
  agent.destroy();
  return {
    answers,
    operations: count,
    operationsPerSecond: round(count / seconds, 1),
    cpuMsPerOperation: round((after.cpuMs - before.cpuMs) / count, 3),
    p50Ms: round(median(latencies)),
    p95Ms: round(percentile(latencies, 0.95)),
    p99Ms: round(percentile(latencies, 0.99)),
    writesPerOperation: round((after.commits - before.commits) / count),
  };
}

function load(agent: Agent, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        if (answer.statusCode === 200) resolve(body);
        else reject(new Error(`${answer.statusCode}: ${body}`));
      });
    }).on('error', reject);
  });
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import type { BareTask } from './bare-server.ts';
import { type BenchOptions, type Engine, postgresUrl, sandboxEnvironment } from './bench-options.ts';
import type { HygieTarget, HygieTask } from './hygie-server.ts';
import { type Measured, startMeasured } from './measured-process.ts';
import { median, percentile, round } from './median.ts';
import { startSandbox } from './sandbox-process.ts';
import { createSignInClient, type SignInClient, type SignInTarget } from './sign-in-client.ts';

const concurrent = 8;
const warmUp = 1_500;
const rounds = 7;
const operationsPerRound = 400;

export interface LoginResult {
  name: 'login';
  engine: Engine;
  /** Complete sign-ins that were timed. */
  operations: number;
  /** Median over the rounds; the load client shares the machine. */
  operationsPerSecond: number;
  /** CPU of the server process, user and system, all threads; median over the rounds. PostgreSQL's own is not in it. */
  cpuMsPerOperation: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** Commits for each sign-in; with SQLite each one is one fsync of the log, shared by whoever wrote in that turn. */
  writesPerOperation: number;
  /** The same five requests on `bare-server.ts`, in turn with the rounds above. */
  floor: { operationsPerSecond: number; cpuMsPerOperation: number };
}

export interface Round {
  seconds: number;
  cpuMs: number;
  commits: number;
  latenciesMs: number[];
}

/**
 * One operation is a complete sign-in with a fresh cookie jar, eight at a time: authorization (PKCE, state, nonce), a
 * card verification that stands ready, resume, token, userinfo with `scope_all`.
 */
export async function measureLogin({ engine, profileDir }: BenchOptions): Promise<LoginResult> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'hygie-login-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const env = sandboxEnvironment(dataDir, engine);
  await (await startSandbox(dataDir, engine)).stop();

  const hygie = opened.adopt(
    await startMeasured<HygieTask, HygieTarget>('./hygie-server.ts', { phones: 0 }, { env, profileDir }),
    (server) => server.stop(),
  );
  const client = opened.adopt(createSignInClient(hygie.ready, concurrent), (it) => it.close());
  const task = await bareTask(client, engine, dataDir);
  const bare = opened.adopt(
    await startMeasured<BareTask, SignInTarget>('./bare-server.ts', task, { profileDir }),
    (server) => server.stop(),
  );
  const bareClient = opened.adopt(createSignInClient(bare.ready, concurrent), (it) => it.close());
  await run(client, warmUp);
  await run(bareClient, warmUp);
  const measured: Round[] = [];
  const floor: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    measured.push(await timeRound(hygie, client));
    floor.push(await timeRound(bare, bareClient));
  }
  return summarize(engine, measured, floor);
}

/** What the bare server needs: the claims of a real sign-in, and a database beside the other one. */
export async function bareTask(client: SignInClient, engine: Engine, dataDir: string): Promise<BareTask> {
  const { accessToken, idToken, userinfo } = await client.signIn();
  const claims = decodeJwt(idToken);
  return {
    database: engine === 'postgres' ? { url: postgresUrl() } : { file: join(dataDir, 'bare.sqlite') },
    sample: { accessToken: decodeJwt(accessToken), idToken: claims, subject: claims.sub ?? '', userinfo },
  };
}

async function timeRound(server: Measured<unknown>, client: SignInClient): Promise<Round> {
  return timeWork(server, () => run(client, operationsPerRound));
}

/** `work` gives the time of each operation, in milliseconds. */
export async function timeWork(server: Measured<unknown>, work: () => Promise<number[]>): Promise<Round> {
  const before = await server.usage();
  const startedAt = performance.now();
  const latenciesMs = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await server.usage();
  return { seconds, cpuMs: after.cpuMs - before.cpuMs, commits: after.commits - before.commits, latenciesMs };
}

/** @returns the time that each sign-in took, in milliseconds. */
async function run(client: SignInClient, operations: number): Promise<number[]> {
  const latencies: number[] = [];
  let left = operations;
  const worker = async () => {
    while (left-- > 0) {
      const startedAt = performance.now();
      await client.signIn();
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
  return latencies;
}

function summarize(engine: Engine, measured: Round[], floor: Round[]): LoginResult {
  return { name: 'login', engine, ...figuresOf(measured, floor) };
}

/** What every bench of requests tells. */
export function figuresOf(measured: Round[], floor: Round[]): Omit<LoginResult, 'name' | 'engine'> {
  const latencies = measured.flatMap(({ latenciesMs }) => latenciesMs);
  const commits = measured.reduce((sum, round) => sum + round.commits, 0);
  return {
    operations: latencies.length,
    ...rates(measured),
    p50Ms: round(median(latencies)),
    p95Ms: round(percentile(latencies, 0.95)),
    p99Ms: round(percentile(latencies, 0.99)),
    writesPerOperation: round(commits / latencies.length),
    floor: rates(floor),
  };
}

function rates(measured: Round[]): { operationsPerSecond: number; cpuMsPerOperation: number } {
  return {
    operationsPerSecond: round(
      median(measured.map(({ seconds, latenciesMs }) => latenciesMs.length / seconds)),
      1,
    ),
    cpuMsPerOperation: round(median(measured.map(({ cpuMs, latenciesMs }) => cpuMs / latenciesMs.length)), 3),
  };
}

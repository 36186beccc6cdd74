import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureFloor } from './approval-floor.ts';
import { type BenchOptions, type Engine, sandboxEnvironment } from './bench-options.ts';
import { createBenchPhone } from './bench-phone.ts';
import type { HygieTarget, HygieTask } from './hygie-server.ts';
import { type Measured, startMeasured } from './measured-process.ts';
import { median, percentile, round } from './median.ts';
import { type BeginSignIn, createPhoneSignIn, type SignInStep, signInSteps } from './phone-sign-in.ts';
import { startSandbox } from './sandbox-process.ts';

const people = 100;
const concurrent = 8;
/** Sign-ins of each person: together below the 25 that may be asked of one person from one address in ten minutes. */
const warmUp = 8;
const rounds = 5;
const perRound = 2;

export interface ApprovalResult {
  name: 'approval';
  engine: Engine;
  operations: number;
  operationsPerSecond: number;
  /** CPU of the server process, all threads. */
  cpuMsPerOperation: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  writesPerOperation: number;
  /**
   * CPU of each step, from rounds in which everybody waits for the others before the next step. `pages` is what a
   * sign-in by a card that stands ready (`bench login`) does not have.
   */
  stepsCpuMs: Record<SignInStep, number>;
  /** One OPRF evaluation and two signature verifications, in the same run. */
  floor: { operationsPerSecond: number; cpuMsPerOperation: number };
}

/**
 * One operation is a complete sign-in by e-CPS: authorization, the pages of the wallet, the phone's three signed calls
 * (question, evaluation, approval), resume, token, userinfo; eight at a time, each of a person with a phone of their own.
 * The phone's own work is the client's.
 */
export async function measureApproval({ engine, profileDir }: BenchOptions): Promise<ApprovalResult> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'hygie-approval-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  await (await startSandbox(dataDir, engine)).stop();
  const task: HygieTask = { phones: people };
  const env = sandboxEnvironment(dataDir, engine);
  const hygie = opened.adopt(
    await startMeasured<HygieTask, HygieTarget>('./hygie-server.ts', task, { env, profileDir }),
    (server) => server.stop(),
  );
  const agent = opened.adopt(new Agent({ keepAlive: true, maxSockets: concurrent }), (it) => it.destroy());
  const { appUrl, phones } = hygie.ready;
  const signIns = await Promise.all(
    phones.map(async (handed) =>
      createPhoneSignIn(agent, hygie.ready, await createBenchPhone(appUrl, handed)),
    ),
  );
  await runRound(hygie, signIns, warmUp);
  const measured = [];
  for (let i = 0; i < rounds; i++) measured.push(await runRound(hygie, signIns, perRound));
  const latencies = measured.flatMap(({ latenciesMs }) => latenciesMs);
  return {
    name: 'approval',
    engine,
    operations: latencies.length,
    operationsPerSecond: round(median(measured.map(({ seconds }) => (people * perRound) / seconds)), 1),
    cpuMsPerOperation: round(median(measured.map(({ cpuMs }) => cpuMs / people / perRound)), 3),
    p50Ms: round(median(latencies)),
    p95Ms: round(percentile(latencies, 0.95)),
    p99Ms: round(percentile(latencies, 0.99)),
    writesPerOperation: round(measured.reduce((sum, { commits }) => sum + commits, 0) / latencies.length),
    stepsCpuMs: await measureSteps(hygie, signIns),
    floor: measureFloor(),
  };
}

async function runRound(server: Measured<unknown>, signIns: readonly BeginSignIn[], each: number) {
  const before = await server.usage();
  const startedAt = performance.now();
  const latenciesMs: number[] = [];
  await runEach(Array.from({ length: each }, () => signIns).flat(), async (begin) => {
    const beganAt = performance.now();
    const steps = begin();
    for (const step of signInSteps) await steps[step]();
    latenciesMs.push(performance.now() - beganAt);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await server.usage();
  return { seconds, latenciesMs, cpuMs: after.cpuMs - before.cpuMs, commits: after.commits - before.commits };
}

async function measureSteps(server: Measured<unknown>, signIns: readonly BeginSignIn[]) {
  const cpuMs: Record<SignInStep, number[]> = { authorization: [], pages: [], phone: [], tokens: [] };
  for (let i = 0; i < rounds; i++) {
    const begun = signIns.map((begin) => begin());
    for (const step of signInSteps) {
      const before = await server.usage();
      await runEach(begun, (steps) => steps[step]());
      cpuMs[step].push(((await server.usage()).cpuMs - before.cpuMs) / people);
    }
  }
  const of = (step: SignInStep) => round(median(cpuMs[step]), 3);
  return {
    authorization: of('authorization'),
    pages: of('pages'),
    phone: of('phone'),
    tokens: of('tokens'),
  };
}

async function runEach<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BenchOptions, Engine } from './bench-options.ts';
import { median, round } from './median.ts';
import { startSandbox } from './sandbox-process.ts';

const starts = 5;
/** Long enough for what the start left behind to be collected. */
const settleMs = 3_000;

export interface BootResult {
  name: 'boot';
  /** Median over starts with data present: spawn of `npm start`'s program to the `ready` line. */
  readyMs: number;
  /** One start with an empty data directory. */
  firstStartMs: number;
  /** Resident set of the idle process. */
  idleMiB: number;
}

/** Starts the sandbox as `npm start` does, first with an empty data directory, then with its data. */
export async function measureBoot({ engine }: BenchOptions): Promise<BootResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hygie-boot-'));
  try {
    const firstStartMs = (await timeStart(dataDir, engine)).readyMs;
    const ready: number[] = [];
    let idleMiB = 0;
    for (let i = 0; i < starts; i++) {
      const last = i === starts - 1;
      const run = await timeStart(dataDir, engine, last);
      ready.push(run.readyMs);
      idleMiB = run.idleMiB;
    }
    return {
      name: 'boot',
      readyMs: round(median(ready), 0),
      firstStartMs: round(firstStartMs, 0),
      idleMiB: round(idleMiB, 1),
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function timeStart(dataDir: string, engine: Engine, settle = false) {
  const sandbox = await startSandbox(dataDir, engine);
  if (settle) await wait(settleMs);
  const idleMiB = await residentMiB(sandbox.pid);
  await sandbox.stop();
  return { readyMs: sandbox.readyMs, idleMiB };
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { median, round } from './median.ts';

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
export async function measureBoot(): Promise<BootResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hygie-boot-'));
  try {
    const firstStartMs = (await timeStart(dataDir)).readyMs;
    const ready: number[] = [];
    let idleMiB = 0;
    for (let i = 0; i < starts; i++) {
      const last = i === starts - 1;
      const run = await timeStart(dataDir, last);
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

async function timeStart(dataDir: string, settle = false): Promise<{ readyMs: number; idleMiB: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [new URL('../bin/hygie.mjs', import.meta.url).pathname, 'start'], {
    env: { ...process.env, ...freePorts(), HYGIE_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await readyLine(child);
  const readyMs = performance.now() - startedAt;
  if (settle) await wait(settleMs);
  const idleMiB = await residentMiB(child.pid ?? 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { readyMs, idleMiB };
}

function freePorts(): Record<string, string> {
  const names = ['PORTAL', 'CONNECT', 'WALLET', 'DIRECTORY', 'SANDBOX', 'CARD'];
  return Object.fromEntries(names.map((name) => [`HYGIE_${name}_PORT`, '0']));
}

function readyLine({ stdout, ...child }: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    stdout?.on('data', (chunk) => {
      said += chunk;
      if (/ready in \d+ ms\n/.test(said)) resolve();
    });
    stdout?.on('end', () => reject(new Error(`The start ended early (${child.exitCode}): ${said}`)));
  });
}

async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

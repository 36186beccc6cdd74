import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportReport } from '#directory';
import { type BenchOptions, type Engine, sandboxEnvironment } from './bench-options.ts';
import { round } from './median.ts';

/** The national extract of September 2026. */
const nationalRows = 2_283_000;
/** What a day changes, in per cent. */
const daily = 1;

export interface ImportResult {
  name: 'import';
  engine: Engine;
  rows: number;
  /** Of the first load: from the begin of the run to the switch, without the start of Node. */
  seconds: number;
  rowsPerSecond: number;
  /** Of either run: the process with all its threads. */
  peakMemoryMiB: number;
  /** Of the next day's file, of which one per cent differs. */
  deltaSeconds: number;
  /** Reading the same file and splitting its lines, without storing anything. */
  floor: { seconds: number };
}

/** Loads an invented national extract into an empty directory, then the next day's. */
export async function measureImport({ engine, rows = nationalRows }: BenchOptions): Promise<ImportResult> {
  const folder = await mkdtemp(join(tmpdir(), 'hygie-import-'));
  const env = sandboxEnvironment(join(folder, 'data'), engine);
  const [today, tomorrow] = ['202609100300', '202609110300'].map((date) =>
    join(folder, `PS_LibreAcces_Personne_activite_${date}.txt`),
  ) as [string, string];
  try {
    await hygie(env, 'generate', '--rows', String(rows), '--seed', 'bench', '--out', today);
    await hygie(
      env,
      'generate',
      ...['--delta', String(daily), '--from', today],
      '--seed',
      'next',
      '--out',
      tomorrow,
    );
    const floorSeconds = await timeSplitting(today);
    const first = await importFile(env, today);
    const delta = await importFile(env, tomorrow);
    return {
      name: 'import',
      engine,
      rows,
      seconds: first.seconds,
      rowsPerSecond: first.rowsPerSecond,
      peakMemoryMiB: Math.max(first.peakMemoryMiB, delta.peakMemoryMiB),
      deltaSeconds: delta.seconds,
      floor: { seconds: round(floorSeconds) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importFile(env: NodeJS.ProcessEnv, file: string): Promise<ImportReport> {
  const report = JSON.parse(await hygie(env, 'import', file, '--json')) as ImportReport;
  if (report.status !== 'applied') throw new Error(`The import is ${report.status}.`);
  return report;
}

/** Runs `hygie directory …` and gives what it prints. */
export async function hygie(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const main = new URL('../src/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, 'directory', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) printed += chunk;
  if ((await ended) !== 0) throw new Error(`hygie directory ${args[0]} failed.`);
  return printed;
}

/** As a program would that only looks at each field. */
async function timeSplitting(file: string): Promise<number> {
  const startedAt = performance.now();
  let fields = 0;
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) fields += line.split('|').length;
  }
  if (fields === 0) throw new Error('The file is empty.');
  return (performance.now() - startedAt) / 1000;
}

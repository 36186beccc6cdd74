import { spawn } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { openTestEnvironment } from './test-environment.ts';

/** Runs a program in this one's terminal. True where it ends well. */
export function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'inherit', env });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

/** One run of the test runner over some files, with further environment variables. */
export interface TestRun {
  patterns: string[];
  exclude?: string[];
  env?: NodeJS.ProcessEnv;
}

/** Runs one after another, in one environment. True where all tests pass. */
export async function runTests(runs: readonly TestRun[]): Promise<boolean> {
  await using environment = await openTestEnvironment();
  // Browser tests wait for pages as much as they compute: more of them than processors, and first.
  const concurrency = availableParallelism() + 2;
  const flags = [
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-timeout=120000',
    '--test-reporter=dot',
  ];
  let passed = true;
  for (const { patterns, exclude = [], env } of runs) {
    const needsPostgres = env?.HYGIE_TEST_ENGINE === 'postgres';
    if (needsPostgres && !environment.env.HYGIE_TEST_DATABASE_URL) continue;
    const files = await Array.fromAsync(glob(patterns, { exclude }));
    if (files.length === 0) throw new Error(`No test file is named ${patterns.join(', ')}.`);
    const args = [...flags, ...slowestFirst(files)];
    passed = (await run(process.execPath, args, { ...environment.env, ...env })) && passed;
  }
  return passed;
}

function slowestFirst(files: readonly string[]): string[] {
  const isSlow = (file: string) => Number(file.startsWith('tests/browser/'));
  return files.toSorted((a, b) => isSlow(b) - isSlow(a) || a.localeCompare(b));
}

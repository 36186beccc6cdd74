// `npm test`: format, lint and types, then every test file in parallel; contracts run on PostgreSQL too where
// HYGIE_TEST_DATABASE_URL names a server or a `postgres` program is found. `--only-checks` stops before the tests.
import { spawn } from 'node:child_process';
import { glob } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { openTestEnvironment } from './test-environment.ts';

const bin = new URL('../node_modules/.bin/', import.meta.url).pathname;

function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'inherit', env });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

async function runChecks(): Promise<boolean> {
  const results = await Promise.all([
    run(`${bin}biome`, ['check', '--error-on-warnings', '.']),
    run(`${bin}tsc`, ['--noEmit', '-p', '.']),
  ]);
  return results.every(Boolean);
}

async function runTests(patterns: string[]): Promise<boolean> {
  await using environment = await openTestEnvironment();
  const files = await Array.fromAsync(glob(patterns));
  // Browser tests wait for pages as much as they compute: more of them than processors, and first.
  const concurrency = availableParallelism() + 2;
  const flags = [
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-timeout=120000',
    '--test-reporter=dot',
  ];
  return await run(process.execPath, [...flags, ...slowestFirst(files)], environment.env);
}

function slowestFirst(files: readonly string[]): string[] {
  const isSlow = (file: string) => Number(file.startsWith('tests/browser/'));
  return files.toSorted((a, b) => isSlow(b) - isSlow(a) || a.localeCompare(b));
}

const args = process.argv.slice(2);
const onlyChecks = args.includes('--only-checks');
const chosen = args.filter((arg) => !arg.startsWith('--'));
const passed = chosen.length > 0 || (await runChecks());
if (
  !passed ||
  (!onlyChecks && !(await runTests(chosen.length ? chosen : ['{src,web,tests}/**/*.test.ts'])))
) {
  process.exitCode = 1;
}

// `npm test`: format, lint and types, then every test file in parallel; contracts and the main journeys run on
// PostgreSQL too where HYGIE_TEST_DATABASE_URL names a server or a `postgres` program is found. `--only-checks` stops
// before the tests.
import { run, runTests } from './run-tests.ts';

const bin = new URL('../node_modules/.bin/', import.meta.url).pathname;

async function runChecks(): Promise<boolean> {
  const results = await Promise.all([
    run(`${bin}biome`, ['check', '--error-on-warnings', '.']),
    run(`${bin}tsc`, ['--noEmit', '-p', '.']),
  ]);
  return results.every(Boolean);
}

/** The guide by card and by mail, a sign-in by e-CPS, a forgotten password, contact details. */
const mainJourneys = [
  'repair-by-card',
  'repair-ways',
  'sign-in-by-ecps',
  'forgotten-password',
  'contact-details',
].map((name) => `tests/journeys/${name}.test.ts`);

async function runAll(): Promise<boolean> {
  if (!(await runChecks())) return false;
  if (args.includes('--only-checks')) return true;
  return runTests([
    { patterns: ['{src,web,tests}/**/*.test.ts'], exclude: ['tests/**/*.long.test.ts'] },
    { patterns: mainJourneys, env: { HYGIE_TEST_ENGINE: 'postgres' } },
  ]);
}

const args = process.argv.slice(2);
const chosen = args.filter((arg) => !arg.startsWith('--'));
const passed = chosen.length > 0 ? await runTests([{ patterns: chosen }]) : await runAll();
if (!passed) process.exitCode = 1;

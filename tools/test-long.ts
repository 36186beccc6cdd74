// `npm run test:long`: what takes longer than a developer waits. Many more kills, every journey with PostgreSQL as
// its database, and the test files named `*.long.test.ts`.
import { runTests } from './run-tests.ts';

const passed = await runTests([
  {
    patterns: ['tests/crashes/**/*.test.ts'],
    exclude: ['tests/**/*.long.test.ts'],
    env: { HYGIE_TEST_KILLS: '24' },
  },
  { patterns: ['tests/journeys/**/*.test.ts'], env: { HYGIE_TEST_ENGINE: 'postgres' } },
  { patterns: ['tests/**/*.long.test.ts'] },
]);
if (!passed) process.exitCode = 1;

// `npm run test:long`: what takes longer than a developer waits. Many more kills, every journey with PostgreSQL as
// its database, walks in the browser at both sizes, and the test files named `*.long.test.ts`.
import { runTests } from './run-tests.ts';

/** Browser files that walk at one size unless told otherwise. */
const atOneSize = ['contact-details', 'forgotten-password', 'no-contact-details', 'sign-in-by-ecps'].map(
  (name) => `tests/browser/${name}.test.ts`,
);

const passed = await runTests([
  {
    patterns: ['tests/crashes/**/*.test.ts'],
    exclude: ['tests/**/*.long.test.ts'],
    env: { HYGIE_TEST_KILLS: '24' },
  },
  { patterns: ['tests/journeys/**/*.test.ts'], env: { HYGIE_TEST_ENGINE: 'postgres' } },
  { patterns: atOneSize, env: { HYGIE_TEST_SIZES: 'both' } },
  { patterns: ['tests/**/*.long.test.ts'] },
]);
if (!passed) process.exitCode = 1;

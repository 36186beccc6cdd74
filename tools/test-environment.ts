import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { makeSeededData, makeSeededDatabase } from '../tests/support/seeded-data.ts';
import { findChromium } from './find-chromium.ts';
import { startPostgres } from './start-postgres.ts';

/** The same as of the command line: code without its types and compiled. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

export interface TestEnvironment extends AsyncDisposable {
  /** What the processes of tests are started with. */
  env: NodeJS.ProcessEnv;
}

/** PostgreSQL where it is found, a browser, and the data of a first start on each engine, for one run of tests. */
export async function openTestEnvironment(): Promise<TestEnvironment> {
  module.enableCompileCache(compiled);
  await using opened = new AsyncDisposableStack();
  const postgres = opened.use(await startPostgres());
  if (!postgres) refuseWhereRequired();
  const chromium = await findChromium();
  const seeded = opened.use(await makeSeededData());
  const seededDatabase = postgres && opened.use(await makeSeededDatabase(postgres.url));
  // Both seeds have run the whole server: every process of a test then finds it compiled.
  module.flushCompileCache();
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: compiled,
    ...seeded.env,
    ...seededDatabase?.env,
    HYGIE_TEST_CHROMIUM: chromium.path,
    ...(chromium.libraries ? { HYGIE_TEST_CHROMIUM_LIBRARIES: chromium.libraries } : {}),
    ...(postgres ? { HYGIE_TEST_DATABASE_URL: postgres.url } : {}),
  };
  const kept = opened.move();
  return { env, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function refuseWhereRequired(): void {
  if (process.env.HYGIE_TEST_POSTGRES === 'required')
    throw new Error('PostgreSQL is required here and was not found.');
  console.log(
    'No PostgreSQL here (HYGIE_TEST_DATABASE_URL, or a `postgres` program): tests run on SQLite only.',
  );
}

import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ListenerName } from '#platform/http/site.ts';
import { type Server, startServer } from '../../src/server.ts';
import { type Ending, temporaryDirectory } from './databases.ts';
import { copySeededData, seedRows as fewRows, testConfig } from './seeded-data.ts';

export interface TestServer {
  urls: Record<ListenerName, string>;
  dataDir: string;
  /** The sandbox's API, JSON in and out. */
  api<Answer = unknown>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Answer }>;
}

/** In this process: its routes can be listed. */
export interface OwnTestServer extends TestServer, Pick<Server, 'apps'> {}

export interface TestServerOptions {
  /** Further environment variables. */
  env?: Record<string, string>;
  /** Rows around the personas. */
  seedRows?: number;
}

/** The whole sandbox on ports of its own and in a directory of its own, closed by the test. */
export async function startTestServer(
  t: Ending,
  { env = {}, seedRows = fewRows }: TestServerOptions = {},
): Promise<OwnTestServer> {
  const dataDir = join(await temporaryDirectory(t), 'data');
  if (seedRows === fewRows && !env.HYGIE_DATABASE_URL) await copySeededData(dataDir);
  const server = await startServer(testConfig(dataDir, env), { seedRows });
  t.after(() => server.close());
  const urls = server.urls as TestServer['urls'];
  return {
    urls,
    apps: server.apps,
    dataDir,
    async api<Answer>(method: string, path: string, body?: object) {
      // Only browsers resolve names under `localhost`.
      const { port } = new URL(urls.sandbox);
      const answer = await fetch(new URL(path, `http://localhost:${port}`), {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text ? JSON.parse(text) : null) as Answer };
    },
  };
}

/** Tests one after another on one server, which is back at its seed before each. */
export function testOnOneServer(
  name: string,
  tests: Record<string, (server: TestServer, t: TestContext) => Promise<void>>,
): void {
  test(name, async (t) => {
    const server = await startTestServer(t);
    for (const [sentence, run] of Object.entries(tests)) {
      await t.test(sentence, async (inner) => {
        await server.api('POST', '/api/reset');
        await run(server, inner);
      });
    }
  });
}

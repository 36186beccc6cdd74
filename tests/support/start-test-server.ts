import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ListenerName } from '#platform/http/site.ts';
import { type Server, startServer } from '../../src/server.ts';
import { type Ending, type Engine, temporaryDirectory, usualEngine } from './databases.ts';
import { seedRows as fewRows, openOwnState, testConfig } from './seeded-data.ts';

export interface TestServer {
  urls: Record<ListenerName, string>;
  dataDir: string;
  /** What a `hygie` command beside it is started with. */
  env: Record<string, string>;
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
  /** Further environment variables; with HYGIE_DATA_DIR the state is where they say. */
  env?: Record<string, string>;
  /** Rows around the personas. */
  seedRows?: number;
  engine?: Engine;
}

/** The whole sandbox on ports of its own and in a directory of its own, closed by the test. */
export async function startTestServer(
  t: Ending,
  { env = {}, seedRows = fewRows, engine = usualEngine }: TestServerOptions = {},
): Promise<OwnTestServer> {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const state = env.HYGIE_DATA_DIR
    ? { env, async remove() {} }
    : await openOwnState(dataDir, engine, { seeded: seedRows === fewRows });
  const server = await startServer(testConfig(dataDir, { ...state.env, ...env }), { seedRows });
  t.after(async () => {
    await server.close();
    await state.remove();
  });
  const urls = server.urls as TestServer['urls'];
  return {
    urls,
    apps: server.apps,
    dataDir,
    env: state.env,
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

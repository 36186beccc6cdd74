import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { startTestServer, type TestServer } from './start-test-server.ts';

export interface Stage {
  browser: Browser;
  server: TestServer;
}

/** One browser and one server for the tests of a file; each begins at the seed. */
export function shareStage(): () => Promise<Stage> {
  const opening = Promise.all([openBrowser({ after }), startTestServer({ after })]);
  return async () => {
    const [browser, server] = await opening;
    await server.api('POST', '/api/reset');
    return { browser, server };
  };
}

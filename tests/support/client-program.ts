import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { createCookieBrowser } from './cookie-browser.ts';
import { openUntilService, presentCard } from './oidc-client.ts';
import { demoId, demoSecret, startProviderSite } from './provider-site.ts';

const redirectUri = 'http://localhost:8083/auth/psc/callback';

/** Whether a program answers; its words are those of a command line. */
export const isInstalled = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Runs a client in a program of its own: it is told issuer, client, secret and redirect URI, prints where the browser is to
 * go, is told where it came back, and prints whom it found and how its logout ended.
 */
export async function testProgram(t: TestContext, command: string, args: readonly string[]): Promise<void> {
  const site = await startProviderSite(t);
  const child = spawn(command, [...args, site.issuer, demoId, demoSecret, redirectUri]);
  t.after(() => child.kill('SIGKILL'));
  const errors = text(child.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<Record<string, unknown>> => {
    const { value } = await lines.next();
    return value === undefined ? assert.fail(await errors) : JSON.parse(value);
  };
  const browser = createCookieBrowser();
  const choice = await openUntilService(browser, site, String((await read()).url));
  const { url } = await presentCard(browser, site, choice);
  child.stdin.write(`${JSON.stringify({ callback: url.href })}\n`);
  const { sub, ...found } = await read();
  assert.match(String(sub), /:899700000013$/);
  assert.deepEqual(found, { familyName: 'MARTIN', refreshed: true });
  assert.deepEqual(await read(), { logout: 200, after: 401 });
}

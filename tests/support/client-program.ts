import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { demoId, demoSecret } from './provider-site.ts';
import { createBrowserFor, signInAtService, startServedSandbox } from './served-sandbox.ts';

const redirectUri = 'http://localhost:8083/auth/psc/callback';

/** Whether a program answers; its words are those of a command line. */
export const isInstalled = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/**
 * Runs a client in a program of its own: it is told issuer, client, secret and redirect URI, prints where the browser is to
 * go, is told where it came back, and prints whom it found and how its logout ended.
 */
export async function testProgram(t: TestContext, command: string, args: readonly string[]): Promise<void> {
  const sandbox = await startServedSandbox(t);
  const child = spawn(command, [...args, sandbox.issuer, demoId, demoSecret, redirectUri]);
  t.after(() => child.kill('SIGKILL'));
  const errors = text(child.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<Record<string, unknown>> => {
    const { value } = await lines.next();
    return value === undefined ? assert.fail(await errors) : JSON.parse(value);
  };
  const browser = createBrowserFor(redirectUri);
  const { url } = await signInAtService(sandbox, browser, String((await read()).url));
  child.stdin.write(`${JSON.stringify({ callback: url.href })}\n`);
  const { sub, ...found } = await read();
  const { idNatPs, familyName } = sandbox.persona;
  assert.equal(String(sub).split(':').at(-1), idNatPs);
  assert.deepEqual(found, { familyName, refreshed: true });
  assert.deepEqual(await read(), { logout: 200, after: 401 });
}

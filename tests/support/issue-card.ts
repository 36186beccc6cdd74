import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { runCommandLine } from '../../src/command-line.ts';
import { temporaryDirectory } from './databases.ts';

/** Paths of the files that `hygie card issue` writes. */
export interface CardFiles {
  p12: string;
  pem: string;
  key: string;
}

/** `hygie card issue`, beside a server that uses the same data directory. */
export async function issueCard(
  t: TestContext,
  dataDir: string,
  nationalId: string,
  ...options: string[]
): Promise<CardFiles> {
  const out = join(await temporaryDirectory(t), 'card');
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) > 0 };
  const args = ['card', 'issue', '--national-id', nationalId, '--out', out, ...options];
  const code = await runCommandLine(args, { HYGIE_DATA_DIR: dataDir }, stream, stream);
  assert.equal(code, 0, written.join(''));
  return { p12: join(out, 'card.p12'), pem: join(out, 'card.pem'), key: join(out, 'card.key') };
}

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommandLine } from '../../src/command-line.ts';
import type { TestServer } from './start-test-server.ts';

/** `hygie directory link` beside the server: these numbers replace what was known of the ADELI number. */
export async function linkByCommand(
  { dataDir }: TestServer,
  adeli: string,
  ...numbers: string[]
): Promise<void> {
  const file = join(dataDir, 'bascule.csv');
  const lines = ['N° ADELI;N° RPPS', ...numbers.map((each) => `${adeli};${each}`)];
  await writeFile(file, `${lines.join('\n')}\n`);
  const said: string[] = [];
  const sink = { write: (text: string) => said.push(text) > 0 };
  const code = await runCommandLine(['directory', 'link', file], { HYGIE_DATA_DIR: dataDir }, sink, sink);
  assert.equal(code, 0, said.join(''));
}

import { runCommandLine } from '../../src/command-line.ts';
import type { TestServer } from './start-test-server.ts';

export interface CommandAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/** `hygie …` beside a server, in this process. */
export async function runCommand(
  { env }: Pick<TestServer, 'env'>,
  ...args: string[]
): Promise<CommandAnswer> {
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written) => ({
    write(text: string | Uint8Array) {
      written[name] += text;
      return true;
    },
  });
  const code = await runCommandLine(args, { ...env }, into('stdout'), into('stderr'));
  return { code, ...written };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Config } from '#config';
import type { RunCommand } from '#directory';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Runs commands of this program beside it, with its configuration, and after whatever else wants the processors. */
export function createRunCommand(config: Config): RunCommand {
  return async (args, signal) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, ...environmentOf(config) },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    const exit = once(child, 'exit');
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { code: code ?? 1, stdout, stderr };
  };
}

const environmentOf = ({ dataDir, database, extractUrls }: Config): Record<string, string> => ({
  HYGIE_DATA_DIR: dataDir,
  HYGIE_DATABASE_URL: database.kind === 'postgres' ? database.url : '',
  HYGIE_EXTRACT_URLS: extractUrls.join(' '),
});

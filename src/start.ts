import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';
import { logLastWords } from '#platform/last-words.ts';
import type { CommandContext } from './command-context.ts';
import { releaseMemorySoon } from './release-memory.ts';
import { startServer } from './server.ts';

const help = `hygie start [--only LISTENER,…]

Starts the sandbox: every listener on loopback, data in HYGIE_DATA_DIR (data/).
  --only   comma-separated: ${listenerNames.join(', ')}

HYGIE_<LISTENER>_PORT moves a listener (0 picks a free port), HYGIE_<LISTENER>_URL sets its public base URL,
HYGIE_DATABASE_URL uses PostgreSQL in place of the file in the data directory.
`;

/** Starts the listeners, says when they are ready and stops cleanly on SIGTERM and SIGINT. */
export async function startCommand(
  args: string[],
  { config, stdout, stderr }: CommandContext,
): Promise<number> {
  const only = parseOptions(args);
  if (only === 'help') {
    stdout.write(help);
    return 0;
  }
  if (typeof only === 'string') {
    stderr.write(`${only}\n`);
    return 2;
  }
  using _lastWords = logLastWords(config.logLevel);
  const server = await startServer(only ? { ...config, only } : config);
  for (const [name, url] of Object.entries(server.urls)) stdout.write(`${name.padEnd(10)} ${url}\n`);
  stdout.write(`Hygie is ready in ${Math.round(performance.now())} ms\n`);
  releaseMemorySoon();
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await server.close();
  return 0;
}

/** The listeners chosen, `undefined` for all, `help`, or a sentence that says what is wrong. */
function parseOptions(args: string[]): readonly ListenerName[] | undefined | string {
  let values: { only?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      args,
      options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch {
    return 'hygie start: an option is unknown; see hygie start --help.';
  }
  if (values.help) return 'help';
  if (values.only === undefined) return undefined;
  const names = values.only.split(',');
  const known = names.filter((name): name is ListenerName =>
    (listenerNames as readonly string[]).includes(name),
  );
  return known.length === names.length ? known : `--only: the listeners are ${listenerNames.join(', ')}.`;
}

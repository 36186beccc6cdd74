import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type Config, profiles } from '#config';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';
import { logLastWords } from '#platform/last-words.ts';
import type { CommandContext } from './command-context.ts';
import { releaseMemorySoon } from './release-memory.ts';
import { startServer } from './server.ts';

const help = `hygie start [--only LISTENER,…] [--profile psc|hardened]

Starts the sandbox: every listener on loopback, data in HYGIE_DATA_DIR (data/).
  --only     comma-separated: ${listenerNames.join(', ')}
  --profile  psc (default): as Pro Santé Connect is; hardened: PKCE of every service, reuse of a refresh token revokes its family

HYGIE_<LISTENER>_PORT moves a listener (0 picks a free port), HYGIE_<LISTENER>_URL sets its public base URL,
HYGIE_DATABASE_URL uses PostgreSQL in place of the file in the data directory.
`;

/** Starts the listeners, says when they are ready and stops cleanly on SIGTERM and SIGINT. */
export async function startCommand(
  args: string[],
  { config, stdout, stderr }: CommandContext,
): Promise<number> {
  const chosen = parseOptions(args);
  if (chosen === 'help') {
    stdout.write(help);
    return 0;
  }
  if (typeof chosen === 'string') {
    stderr.write(`${chosen}\n`);
    return 2;
  }
  using _lastWords = logLastWords(config.logLevel);
  const server = await startServer({ ...config, ...chosen });
  for (const [name, url] of Object.entries(server.urls)) stdout.write(`${name.padEnd(10)} ${url}\n`);
  stdout.write(`Hygie is ready in ${Math.round(performance.now())} ms\n`);
  releaseMemorySoon();
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await server.close();
  return 0;
}

type Chosen = Partial<Pick<Config, 'only' | 'profile'>>;

/** What was chosen, `help`, or a sentence that says what is wrong. */
function parseOptions(args: string[]): Chosen | string {
  let values: { only?: string; profile?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ args, options }));
  } catch {
    return 'hygie start: an option is unknown; see hygie start --help.';
  }
  if (values.help) return 'help';
  const only = values.only?.split(',');
  if (only && !only.every(isListener)) return `--only: the listeners are ${listenerNames.join(', ')}.`;
  const profile = profiles.find((name) => name === values.profile);
  if (values.profile !== undefined && !profile) return `--profile: the profiles are ${profiles.join(', ')}.`;
  return { ...(only ? { only } : {}), ...(profile ? { profile } : {}) };
}

const options = {
  only: { type: 'string' },
  profile: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const isListener = (name: string): name is ListenerName =>
  (listenerNames as readonly string[]).includes(name);

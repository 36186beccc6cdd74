import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type Config, profiles } from '#config';
import { type ListenerName, listenerNames } from '#platform/http/site.ts';
import { logLastWords } from '#platform/last-words.ts';
import type { CommandContext } from './command-context.ts';
import { releaseMemorySoon } from './release-memory.ts';
import { type Server, startServer } from './server.ts';
import { leavePrimary, serveByWorkers, tellReady, workerRole } from './workers.ts';

const help = `hygie start [--only LISTENER,…] [--profile psc|hardened] [--workers N]

Starts the sandbox: every listener on loopback, data in HYGIE_DATA_DIR (data/).
  --only     comma-separated: ${listenerNames.join(', ')}
  --profile  psc (default): as Pro Santé Connect is; hardened: PKCE of every service, reuse of a refresh token revokes its family
  --workers  so many processes behind the same ports, with PostgreSQL only; one that dies is begun anew

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
  const { workers, ...settings } = chosen;
  if (workers > 1 && config.database.kind === 'sqlite') {
    stderr.write('--workers: SQLite serves from one process; more need PostgreSQL (HYGIE_DATABASE_URL).\n');
    return 2;
  }
  using _lastWords = logLastWords(config.logLevel);
  const onReady = (urls: Server['urls']) => tellUrls(urls, stdout);
  const configured = { ...config, ...settings };
  const role = workerRole();
  if (workers > 1 && !role) return serveByWorkers(configured, args, { count: workers, onReady });
  const server = await startServer(configured, role ? { role } : {});
  if (role) tellReady(server);
  else onReady(server.urls);
  releaseMemorySoon();
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await server.close();
  if (role) leavePrimary();
  return 0;
}

function tellUrls(urls: Server['urls'], stdout: CommandContext['stdout']): void {
  for (const [name, url] of Object.entries(urls)) stdout.write(`${name.padEnd(10)} ${url}\n`);
  stdout.write(`Hygie is ready in ${Math.round(performance.now())} ms\n`);
}

type Chosen = Partial<Pick<Config, 'only' | 'profile'>> & { workers: number };

/** A machine has not more processors than this. */
const mostWorkers = 64;

/** What was chosen, `help`, or a sentence that says what is wrong. */
function parseOptions(args: string[]): Chosen | string {
  let values: { only?: string; profile?: string; workers?: string; help?: boolean };
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
  const workers = Number(values.workers ?? 1);
  if (!Number.isInteger(workers) || workers < 1 || workers > mostWorkers)
    return `--workers: a number from 1 to ${mostWorkers}.`;
  return { ...(only ? { only } : {}), ...(profile ? { profile } : {}), workers };
}

const options = {
  only: { type: 'string' },
  profile: { type: 'string' },
  workers: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const isListener = (name: string): name is ListenerName =>
  (listenerNames as readonly string[]).includes(name);

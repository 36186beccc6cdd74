import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '#config';
import { createLogger, type Logger } from '#platform/logger.ts';
import { announce, withdraw } from './listeners.ts';
import type { Server } from './server.ts';

/**
 * What a process of several is for: all serve, and the `lead` alone has the sandbox's listener, whose phones and cards are
 * in one process's hands.
 */
export type WorkerRole = 'lead' | 'other';

const program = fileURLToPath(new URL('../bin/hygie.mjs', import.meta.url));
const roleVariable = 'HYGIE_WORKER';
/** One that does not come up is not begun in a tight circle. */
const pauseMs = 1_000;

/** `undefined` in a process that serves alone, and in the one that begins workers. */
export function workerRole(): WorkerRole | undefined {
  if (!cluster.isWorker) return undefined;
  return process.env[roleVariable] === 'lead' ? 'lead' : 'other';
}

/** Tells the primary that every listener of this worker accepts connections. */
export function tellReady({ urls }: Server): void {
  process.send?.({ urls });
}

/** Lets go of the primary, without which a worker does not end. */
export function leavePrimary(): void {
  cluster.worker?.disconnect();
}

/**
 * Processes behind the same ports, which Node's primary deals connections to in turn. It serves nothing itself, begins
 * anew those that die, and ends all on SIGTERM and SIGINT.
 */
export async function serveByWorkers(
  config: Config,
  args: readonly string[],
  { count, onReady }: { count: number; onReady(urls: Server['urls']): void },
): Promise<number> {
  cluster.setupPrimary({ exec: program, args: ['start', ...args] });
  const workers = createWorkers(await choosePorts(config), createLogger(config.logLevel));
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  try {
    // The first start makes what the others take up.
    const urls = await workers.begin('lead');
    await Promise.all(Array.from({ length: count - 1 }, () => workers.begin('other')));
    await announce(config.dataDir, urls);
    onReady(urls);
    await stopped;
    return 0;
  } catch (error) {
    // It has said on standard error what is wrong.
    if (error instanceof StartFailed) return 1;
    throw error;
  } finally {
    await withdraw(config.dataDir);
    await workers.end();
  }
}

class StartFailed extends Error {
  override name = 'StartFailed';
}

function createWorkers(ports: Record<string, string>, logger: Logger) {
  const running = new Set<Worker>();
  let ending = false;

  /** Resolves once it serves. @throws StartFailed */
  async function begin(role: WorkerRole): Promise<Server['urls']> {
    const worker = cluster.fork({ ...ports, [roleVariable]: role });
    running.add(worker);
    const exit = once(worker, 'exit').finally(() => running.delete(worker));
    const urls = await Promise.race([
      once(worker, 'message').then(([message]) => (message as Pick<Server, 'urls'>).urls),
      exit.then(() => {
        throw new StartFailed('A worker ended before it served.');
      }),
    ]);
    void exit.then(([code, signal]) => replace(role, { code, signal }));
    return urls;
  }

  async function replace(
    role: WorkerRole,
    why: { code: number | null; signal: string | null },
  ): Promise<void> {
    if (ending) return;
    logger.warn({ role, ...why }, 'a worker ended and is begun anew');
    while (!ending && !(await begin(role).catch(() => undefined))) await wait(pauseMs);
  }

  return {
    begin,
    async end(): Promise<void> {
      ending = true;
      await Promise.all(
        [...running].map(async (worker) => {
          const exit = once(worker, 'exit');
          worker.process.kill('SIGTERM');
          await exit;
        }),
      );
    },
  };
}

/** A free port that is picked is the same for all, and for those that come later. */
async function choosePorts({ listeners, bind }: Config): Promise<Record<string, string>> {
  const chosen = Object.entries(listeners).map(async ([name, { port }]) => [
    `HYGIE_${name.toUpperCase()}_PORT`,
    String(port === 0 ? await findFreePort(bind) : port),
  ]);
  return Object.fromEntries(await Promise.all(chosen));
}

async function findFreePort(bind: string): Promise<number> {
  const probe = createServer().listen(0, bind);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

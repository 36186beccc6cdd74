import { mkdir } from 'node:fs/promises';
import { createAudit } from '#audit';
import { type Config, openSandboxSecrets, type Secrets } from '#config';
import {
  type ContactDesk,
  createContactDesk,
  createDirectory,
  createDirectorySchedule,
  type Directory,
  type GenerationLocation,
  type OpenedSchedule,
} from '#directory';
import {
  type ClientRegistrar,
  createClientRegistrar,
  type KeyRing,
  type KeyRingDependencies,
  openKeyRing,
  registrationPath,
} from '#oidc';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { migrate, refuseNewer } from '#platform/database/migrations.ts';
import { openDatabase } from '#platform/database/open-database.ts';
import { createJobQueue } from '#platform/jobs/job-queue.ts';
import { createLogger } from '#platform/logger.ts';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import { demoClientIds } from '#sandbox';
import { migrations } from './migrations.ts';
import { issuerPath, ownClientIds } from './registrations.ts';
import { verifySecrets } from './verify-secrets.ts';

type Output = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean };

/** What a command is given: values and ways to open things, nothing opened yet. */
export interface CommandContext {
  config: Config;
  dataDir: string;
  extractUrls: readonly string[];
  stdout: Output;
  stderr: Output;
  /** Opens the directory beside a server that may be running; `await using` closes it. */
  openDirectory(): Promise<Directory & AsyncDisposable>;
  /** The same for the review of contact details; its messages are left to the server. */
  openContacts(): Promise<ContactDesk & AsyncDisposable>;
  /** The same for the daily import. */
  openSchedule(): Promise<OpenedSchedule>;
  /** The same for services. */
  openClients(): Promise<ClientRegistrar & AsyncDisposable>;
  /** Where services register themselves. */
  registrationUrl: string;
  /** The keys that sign tokens. */
  openKeys(): Promise<KeyRing & AsyncDisposable>;
}

export type CommandRunner = (args: string[], context: CommandContext) => Promise<number>;

export function createCommandContext(config: Config, stdout: Output, stderr: Output): CommandContext {
  return {
    config,
    dataDir: config.dataDir,
    extractUrls: config.extractUrls,
    stdout,
    stderr,
    openDirectory: () => openDirectory(config),
    openContacts: () => openContacts(config),
    openSchedule: () => openSchedule(config),
    openClients: () => openClients(config),
    registrationUrl: registrationUrl(config),
    openKeys: () => openKeys(config),
  };
}

async function openDirectory(config: Config): Promise<Directory & AsyncDisposable> {
  const { directory, close } = await open(config);
  return { ...directory, [Symbol.asyncDispose]: close };
}

async function openContacts(config: Config): Promise<ContactDesk & AsyncDisposable> {
  const { directory, database, events, close } = await open(config);
  const { hmacKey } = await openSandboxSecrets(config.dataDir);
  const desk = createContactDesk({
    ...{ database, directory, events, hmacKey },
    clock: systemClock,
    jobs: createJobQueue({ database, clock: systemClock, secret: Buffer.from(hmacKey, 'base64url') }),
    limiter: createRateLimiter({ clock: systemClock }),
  });
  return { ...desk, [Symbol.asyncDispose]: close };
}

async function openSchedule(config: Config): Promise<OpenedSchedule> {
  const { database, close } = await open(config);
  const { hmacKey } = await openSandboxSecrets(config.dataDir);
  const secret = Buffer.from(hmacKey, 'base64url');
  const jobs = createJobQueue({ database, clock: systemClock, secret });
  const schedule = createDirectorySchedule({ database, clock: systemClock, jobs });
  return { ...schedule, now: systemClock.now, [Symbol.asyncDispose]: close };
}

async function openClients(config: Config): Promise<ClientRegistrar & AsyncDisposable> {
  const database = await openState(config);
  const events = createAudit({ database, clock: systemClock, logger: createLogger('silent') });
  const taken = [...ownClientIds, ...demoClientIds];
  const registrar = createClientRegistrar({ database, clock: systemClock, events, taken });
  return { ...registrar, [Symbol.asyncDispose]: () => database.close() };
}

async function openKeys(config: Config): Promise<KeyRing & AsyncDisposable> {
  const database = await openState(config);
  const secrets = await openSandboxSecrets(config.dataDir);
  await verifySecrets(database, secrets);
  const events = createAudit({ database, clock: systemClock, logger: createLogger('silent') });
  const ring = await openRing(config, secrets, { database, clock: systemClock, events });
  return { ...ring, [Symbol.asyncDispose]: () => database.close() };
}

/** Sealed under a key of the secrets, which are in no database. */
export function openRing(
  { keyLifetimeMs: lifetimeMs }: Config,
  { wrappingKey }: Secrets,
  parts: Omit<KeyRingDependencies, 'secret' | 'lifetimeMs'>,
): Promise<KeyRing> {
  return openKeyRing({ ...parts, lifetimeMs, secret: Buffer.from(wrappingKey, 'base64url') });
}

/** As `start` announces connect; a free port is known to `listening.json` only. */
function registrationUrl({ listeners }: Config): string {
  const { url, port } = listeners.connect;
  return new URL(`${issuerPath}${registrationPath}`, url ?? `http://localhost:${port}`).href;
}

async function open(config: Config) {
  const database = await openState(config);
  const logger = createLogger('silent');
  const events = createAudit({ database, clock: systemClock, logger });
  const generations = generationsOf(config);
  const directory = createDirectory({ database, generations, clock: systemClock, events });
  const close = async () => {
    await directory[Symbol.asyncDispose]();
    await database.close();
  };
  return { directory, database, events, close };
}

/** Opens the state database of a data directory, made where it does not exist, with its schema up to date. */
export async function openState(config: Config): Promise<Database> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  return prepared(await openDatabase(config.database), async (database) => {
    await refuseNewer(database, migrations);
    await migrate(database, migrations);
  });
}

/** The same for a server: one that died may have deleted a key, and not yet emptied the log of it. */
export async function openServingState(config: Config, secrets: Secrets): Promise<Database> {
  return prepared(await openState(config), async (database) => {
    await verifySecrets(database, secrets);
    await database.purge();
  });
}

/** One that cannot be used is closed. */
async function prepared(
  database: Database,
  prepare: (database: Database) => Promise<void>,
): Promise<Database> {
  try {
    await prepare(database);
    return database;
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
}

/** Where the directory's generations are kept: beside the state. */
export function generationsOf({ database, dataDir }: Config): GenerationLocation {
  return database.kind === 'sqlite'
    ? { kind: 'sqlite', directory: dataDir }
    : { kind: 'postgres', url: database.url, directory: dataDir };
}

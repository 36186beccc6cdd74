import { mkdir } from 'node:fs/promises';
import { createAudit } from '#audit';
import type { Config } from '#config';
import { createDirectory, type Directory, type GenerationLocation } from '#directory';
import { systemClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrations.ts';
import { openDatabase } from '#platform/database/open-database.ts';
import { createLogger } from '#platform/logger.ts';
import { migrations } from './migrations.ts';

type Output = Pick<NodeJS.WriteStream, 'write'>;

/** What a command is given: values and ways to open things, nothing opened yet. */
export interface CommandContext {
  config: Config;
  dataDir: string;
  stdout: Output;
  stderr: Output;
  /** Opens the directory beside a server that may be running; `await using` closes it. */
  openDirectory(): Promise<Directory & AsyncDisposable>;
}

export type CommandRunner = (args: string[], context: CommandContext) => Promise<number>;

export function createCommandContext(config: Config, stdout: Output, stderr: Output): CommandContext {
  return {
    config,
    dataDir: config.dataDir,
    stdout,
    stderr,
    async openDirectory() {
      const database = await openState(config);
      const logger = createLogger('silent');
      const directory = createDirectory({
        database,
        generations: generationsOf(config),
        clock: systemClock,
        logger,
        events: createAudit({ database, clock: systemClock, logger }),
      });
      return {
        ...directory,
        async [Symbol.asyncDispose]() {
          await directory[Symbol.asyncDispose]();
          await database.close();
        },
      };
    },
  };
}

/** Opens the state database of a data directory, made where it does not exist, with its schema up to date. */
export async function openState(config: Config): Promise<Database> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase(config.database);
  await migrate(database, migrations);
  return database;
}

/** Where the directory's generations are kept: beside the state. */
export function generationsOf({ database, dataDir }: Config): GenerationLocation {
  return database.kind === 'sqlite'
    ? { kind: 'sqlite', directory: dataDir }
    : { kind: 'postgres', url: database.url };
}

import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSqliteKysely, openSqlite } from '#platform/database/sqlite.ts';
import { randomLabel } from '#platform/ids.ts';
import { lockFile } from '../lock-file.ts';
import { anotherRuns, type GenerationStorage } from './generation-storage.ts';
import { createTableStatement, generationTableNames } from './schema.ts';
import { createSqliteDraft } from './sqlite-draft.ts';

const serving = { query_only: 'ON', mmap_size: 1 << 30 };
/** Read once, here and there: mapped, half the file would count as memory of this process. */
const passing = { query_only: 'ON', cache_size: -16_384 };

/** Generations as files `directory-<n>.sqlite`, which never change once they have that name. */
export function createSqliteGenerations(dataDirectory: string): GenerationStorage {
  const fileOf = (generation: number) => join(dataDirectory, `directory-${generation}.sqlite`);

  function ensureEmpty(): void {
    if (existsSync(fileOf(0))) return;
    const file = nameDraft(dataDirectory);
    const connection = openSqlite(file);
    for (const table of generationTableNames) connection.exec(createTableStatement('sqlite', 'main', table));
    connection.close();
    publishFile(file, fileOf(0), dataDirectory);
  }

  return {
    async lock() {
      const lock = lockFile(join(dataDirectory, 'import.lock'), anotherRuns);
      removeAbandoned(dataDirectory);
      return { [Symbol.asyncDispose]: async () => lock[Symbol.dispose]() };
    },
    async draft(previous, above) {
      const file = nameDraft(dataDirectory);
      if (previous > 0) await copyFile(fileOf(previous), file, constants.COPYFILE_FICLONE);
      return createSqliteDraft(file, previous > 0, () =>
        publishUnderFreeNumber(file, dataDirectory, { above, fileOf }),
      );
    },
    async readState(generation, name) {
      if (generation === 0) return undefined;
      using connection = openSqlite(immutableUrl(fileOf(generation)), { readOnly: true });
      const row = connection.prepare('select data from import_state where name = ?').get(name);
      return row?.data as Uint8Array | undefined;
    },
    async open(generation, { isServed = true } = {}) {
      if (generation === 0) ensureEmpty();
      if (!existsSync(fileOf(generation))) return undefined;
      return createSqliteKysely(
        openSqlite(immutableUrl(fileOf(generation)), {
          readOnly: true,
          pragmas: isServed ? serving : passing,
        }),
      );
    },
    async remove(generation) {
      // A large file takes its time, and a server may be doing this.
      await rm(fileOf(generation), { force: true });
    },
    list: async () => listGenerations(dataDirectory),
    async close() {},
  };
}

/** The process id in the name tells a later import whether the file was abandoned. */
function nameDraft(dataDirectory: string): string {
  return join(dataDirectory, `directory-building-${process.pid}-${randomLabel(5)}.sqlite`);
}

/** Spares each read the locks of a file that may change (sqlite.org/uri.html). */
function immutableUrl(file: string): URL {
  return new URL('?mode=ro&immutable=1', pathToFileURL(file));
}
/** A hard link fails where the name is taken, so that two imports never share a number. */
function publishUnderFreeNumber(
  file: string,
  dataDirectory: string,
  { above, fileOf }: { above: number; fileOf: (generation: number) => string },
): number {
  for (let number = Math.max(...listGenerations(dataDirectory), above) + 1; ; number++) {
    if (publishFile(file, fileOf(number), dataDirectory)) return number;
  }
}

function publishFile(from: string, to: string, dataDirectory: string): boolean {
  syncToDisk(from);
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  rmSync(from);
  syncToDisk(dataDirectory);
  return true;
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function listGenerations(dataDirectory: string): number[] {
  return readdirSync(dataDirectory).flatMap((name) => {
    const number = /^directory-(\d+)\.sqlite$/.exec(name)?.[1];
    return number ? [Number(number)] : [];
  });
}

function removeAbandoned(dataDirectory: string): void {
  for (const name of readdirSync(dataDirectory)) {
    const pid = /^directory-building-(\d+)-/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(dataDirectory, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

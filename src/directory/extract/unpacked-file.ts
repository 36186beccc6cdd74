import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomLabel } from '#platform/ids.ts';

/** A file, or one on its way out of an archive. `modifiedAt`: instant. */
export interface Member {
  /** Without folders. */
  name: string;
  file: FileHandle;
  modifiedAt: number;
}

/** An archive that is open. */
export interface Packed extends Member {
  bytes: number;
}

export interface UnpackOptions {
  /** Where there is room. */
  folder: string;
  /** 0 to 1. */
  report(part: number): void;
  /** Told of each file that is opened, so that it is closed whatever happens. */
  onOpen(file: FileHandle): void;
}

const prefix = 'hygie-unpacking-';

/**
 * An empty file that has no name any more: its room is free again when it is closed, or when the process dies. It may
 * hold contact details.
 */
export async function createUnpackedFile(folder: string): Promise<FileHandle> {
  const path = join(folder, `${prefix}${randomLabel(8)}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path, { force: true });
  return file;
}

/** What a process left that was killed before its file lost its name. */
export async function removeLeftovers(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  for (const name of left) await rm(join(folder, name), { force: true });
}

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Private keys and what goes with them are for the owner's eyes. */
const ownerOnly = { mode: 0o600 };

export const readText = (directory: string, name: string): Promise<string> =>
  readFile(join(directory, name), 'utf8');

/** Replaces a file in one step: a reader sees the old or the new one. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, content, ownerOnly);
  await rename(aside, file);
}

/**
 * Makes a directory with all its files in one step. Of two processes that do it at once one succeeds, and both
 * find the same files afterwards.
 */
export async function createDirectoryOnce(
  directory: string,
  files: Record<string, string | Uint8Array>,
): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  const aside = join(dirname(directory), `.${basename(directory)}.${randomBytes(6).toString('hex')}`);
  await mkdir(aside, { mode: 0o700 });
  await Promise.all(
    Object.entries(files).map(([name, content]) => writeFile(join(aside, name), content, ownerOnly)),
  );
  try {
    await rename(aside, directory);
  } catch (error) {
    await rm(aside, { recursive: true });
    if (!isTaken(error)) throw error;
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

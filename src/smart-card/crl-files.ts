import { readFile, stat } from 'node:fs/promises';
import type { CrlSource } from './revocation.ts';

interface KeptFile {
  version: string;
  content: Buffer<ArrayBuffer>;
}

/**
 * Revocation lists from files that somebody else replaces (a timer that fetches them, the sandbox's authority):
 * a file is read again when it has changed. One that is missing is left out, and the cards that need it are
 * refused with `revocation_unknown`.
 */
export function createCrlFiles(files: readonly string[]): CrlSource {
  const kept = new Map<string, KeptFile>();
  return async () => {
    const lists = await Promise.all(files.map((file) => readChanged(file, kept)));
    return lists.filter((list) => list !== undefined);
  };
}

async function readChanged(
  file: string,
  kept: Map<string, KeptFile>,
): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    const { mtimeNs, ino, size } = await stat(file, { bigint: true });
    const version = `${mtimeNs} ${ino} ${size}`;
    const known = kept.get(file);
    if (known?.version === version) return known.content;
    const content = await readFile(file);
    kept.set(file, { version, content });
    return content;
  } catch {
    return undefined;
  }
}

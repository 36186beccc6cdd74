import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseExtractDate } from '../extract/extract-date.ts';

const validatorsSchema = z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() });
const recordSchema = validatorsSchema.extend({ name: z.string(), bytes: z.number() });

/** What a server says of the state of a file (RFC 9110, 8.8). */
export type Validators = z.infer<typeof validatorsSchema>;

/** The file that an address gave last. */
export type DownloadRecord = z.infer<typeof recordSchema>;

/** What is there of a file that has not come whole. */
export interface PartialDownload extends Validators {
  bytes: number;
}

/** Keeps files in `folder`, and what comes and came of one address beside them, so that a later process goes on. */
export function createDownloadStore(folder: string, url: URL) {
  const key = createHash('sha256').update(url.href).digest('hex').slice(0, 16);
  const state = join(folder, '.fetch');
  const [part, partState, record] = ['part', 'part.json', 'json'].map((ending) =>
    join(state, `${key}.${ending}`),
  ) as [string, string, string];

  async function removePartial(): Promise<void> {
    await rm(partState, { force: true });
    await rm(part, { force: true });
  }

  async function readRecord(): Promise<DownloadRecord | undefined> {
    const found = await readJson(record, recordSchema);
    return found && existsSync(join(folder, found.name)) ? found : undefined;
  }

  return {
    part,
    fileOf: (name: string): string => join(folder, name),
    readRecord,
    removePartial,
    async readPartial(): Promise<PartialDownload | undefined> {
      const validators = await readJson(partState, validatorsSchema);
      return validators && existsSync(part) ? { ...validators, bytes: statSync(part).size } : undefined;
    },
    /** An empty one: what it will be of is known before its first byte. */
    async beginPartial(validators: Validators): Promise<void> {
      await mkdir(state, { recursive: true });
      await removePartial();
      await writeFile(part, '');
      await writeFile(partState, JSON.stringify(validators));
    },
    /** Gives the whole file its name; the one that the address gave before is removed. */
    async complete({ name, etag, lastModified }: Validators & { name: string }): Promise<DownloadRecord> {
      const before = await readRecord();
      const made = { name, bytes: statSync(part).size, etag, lastModified };
      await dateFile(part, made);
      await syncToDisk(part);
      await rename(part, join(folder, name));
      await writeFile(`${record}.new`, JSON.stringify(made));
      await rename(`${record}.new`, record);
      await removePartial();
      if (before && before.name !== name) await rm(join(folder, before.name), { force: true });
      return made;
    },
  };
}

export type DownloadStore = ReturnType<typeof createDownloadStore>;

/** A file whose name has no date is of when its server last changed it. */
async function dateFile(file: string, { name, lastModified }: DownloadRecord): Promise<void> {
  const at = Date.parse(lastModified ?? '') / 1000;
  if (parseExtractDate(name) === undefined && Number.isFinite(at)) await utimes(file, at, at);
}

async function syncToDisk(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

/** What cannot be read is as good as absent: the file is fetched anew. */
async function readJson<Shape extends z.ZodType>(
  path: string,
  schema: Shape,
): Promise<z.infer<Shape> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

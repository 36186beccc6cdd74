import type { Kysely } from 'kysely';
import type { Clock } from '#platform/clock.ts';
import type { DirectoryReader, DirectoryStore } from '../directory-store.ts';
import type { GenerationPointer } from '../generation/generation-pointer.ts';
import type { GenerationStorage } from '../generation/generation-storage.ts';
import type { GenerationTables } from '../generation/tables.ts';
import { createDirectoryReader } from './directory-reader.ts';

/** Generations held open: the current one, and older ones that requests under way or page links still read. */
const openAtOnce = 3;

interface OpenGeneration {
  db: Kysely<GenerationTables>;
  reader: DirectoryReader;
}

/** Opens generations as they are asked for, and follows the pointer: each call of `current` reads it. */
export function createDirectoryStore(
  storage: GenerationStorage,
  pointer: GenerationPointer,
  clock: Clock,
): DirectoryStore & { close(): Promise<void> } {
  const open = new Map<number, Promise<OpenGeneration | undefined>>();

  async function at(generation: number): Promise<DirectoryReader | undefined> {
    const opening = open.get(generation) ?? openGeneration(generation);
    // Deleted and set again, so that the first of the map is the one read longest ago.
    open.delete(generation);
    open.set(generation, opening);
    try {
      const opened = await opening;
      if (!opened) open.delete(generation);
      return opened?.reader;
    } catch (error) {
      open.delete(generation);
      throw error;
    } finally {
      await closeOldest();
    }
  }

  async function openGeneration(generation: number): Promise<OpenGeneration | undefined> {
    const db = await storage.open(generation);
    if (!db) return undefined;
    try {
      const dates = await pointer.readDates(generation);
      const asOf = dates.Personne_activite ?? Object.values(dates)[0] ?? null;
      return { db, reader: await createDirectoryReader(db, { generation, asOf }) };
    } catch (error) {
      await db.destroy();
      throw error;
    }
  }

  async function closeOldest(): Promise<void> {
    for (const [generation, opening] of [...open].slice(0, -openAtOnce)) {
      open.delete(generation);
      await closeGeneration(opening);
    }
  }

  return {
    async current() {
      const { current } = await pointer.read();
      const reader = await at(current);
      if (!reader)
        throw new Error(
          `Generation ${current} of the directory is missing: put back the whole data directory from a backup.`,
        );
      return reader;
    },
    /** One still held open here may be gone elsewhere: the pointer says which are kept. */
    async at(generation) {
      const kept = await pointer.readKept(clock.now());
      return kept.includes(generation) ? at(generation) : undefined;
    },
    async close() {
      for (const opening of open.values()) await closeGeneration(opening);
      open.clear();
    },
  };
}

async function closeGeneration(opening: Promise<OpenGeneration | undefined>): Promise<void> {
  const opened = await opening.catch(() => undefined);
  await opened?.db.destroy();
}

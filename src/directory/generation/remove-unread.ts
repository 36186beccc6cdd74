import type { Database } from '#platform/database/database.ts';
import type { GenerationPointer } from './generation-pointer.ts';
import type { GenerationStorage } from './generation-storage.ts';

interface Dependencies {
  database: Database;
  storage: GenerationStorage;
  pointer: GenerationPointer;
}

/** Removes the generations that nobody may read any more. Those above the current one may be an import's: it holds the lock. */
export function createRemoval({ database, storage, pointer }: Dependencies) {
  async function remove(now: number, isLocked: boolean): Promise<void> {
    const stored = await storage.list();
    // Read after the list: what has become current meanwhile is not taken for an old one.
    const kept = await pointer.readKept(now);
    const { current } = await pointer.read();
    const gone = stored.filter(
      (generation) => generation > 0 && !kept.includes(generation) && (isLocked || generation < current),
    );
    for (const generation of gone) await storage.remove(generation);
    if (gone.length > 0) await database.write((unit) => pointer.forget(unit, gone));
  }

  return {
    /** By the holder of the lock: also what a killed import left above the current generation. */
    removeAll: (now: number) => remove(now, true),
    removeOld: (now: number) => remove(now, false),
  };
}

export type Removal = ReturnType<typeof createRemoval>;

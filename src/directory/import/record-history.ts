import type { GenerationDraft, GenerationStorage } from '../generation/generation-storage.ts';
import { packBody } from '../generation/pack-body.ts';
import { type Before, createBodyReaders } from './body-readers.ts';
import type { Changes, VersionedTable } from './changes.ts';
import { inBatches } from './numbers.ts';
import { createTidying } from './tidy-records.ts';

/** As long as the national API tells of what has changed. */
const historyLifetimeMs = 30 * 24 * 3_600_000;

interface Recording {
  draft: GenerationDraft;
  storage: GenerationStorage;
  /** The generation that the draft was copied from. */
  current: number;
  changes: Changes;
  now: number;
}

/** Keeps what was served of whatever an import changes, and forgets what is old. A first import has nothing to keep. */
export async function recordHistory({ draft, storage, current, changes, now }: Recording): Promise<void> {
  if (changes.isFirst) return;
  await draft.run('delete from history where replaced_at < ?', [now - historyLifetimeMs]);
  const db = await storage.open(current, { isServed: false });
  if (!db) return;
  const tidy = createTidying('comparing');
  try {
    for (const [table, read] of await createBodyReaders(db)) {
      const numbers = Uint32Array.from(changes.moved(table));
      for (const batch of inBatches(numbers)) {
        const before = await read(batch);
        await draft.insert(
          'history',
          before.map((one) => toRow(table, one, now)),
        );
        tidy(batch.length);
      }
    }
  } finally {
    await db.destroy();
  }
}

function toRow(table: VersionedTable, { n, resource }: Before, now: number) {
  return [table, n, Number(resource.meta.versionId), now, packBody(resource)];
}

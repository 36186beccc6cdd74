import { sql } from 'kysely';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { ExtractKind } from '../extract/extract-kind.ts';

interface PointerTables {
  directory_generation: { id: number; current: number; previous: number | null; pinned: number | null };
  directory_extract: { generation: number; kind: string; extracted_at: number };
}

/** Instants of the extracts that a generation was made from. */
export type ExtractDates = Partial<Record<ExtractKind, number>>;

export interface Pointer {
  current: number;
  previous: number | null;
  /** Kept whatever is imported later: what a reset goes back to. */
  pinned: number | null;
}

/** The row that says which generation is read, and the dates of what each was made from. */
export function createGenerationPointer(database: Database) {
  const pointers = prepare<Pointer>(
    database
      .as<PointerTables>()
      .selectFrom('directory_generation')
      .select(['current', 'previous', 'pinned'])
      .where('id', '=', sql.lit(1)),
  );
  return {
    async read(): Promise<Pointer> {
      const [pointer] = await pointers(database.as());
      if (!pointer) throw new Error('the directory has no generation');
      return pointer;
    },

    async readDates(generation: number): Promise<ExtractDates> {
      const rows = await database
        .as<PointerTables>()
        .selectFrom('directory_extract')
        .select(['kind', 'extracted_at'])
        .where('generation', '=', generation)
        .execute();
      return Object.fromEntries(rows.map((row) => [row.kind, Number(row.extracted_at)]));
    },

    /** Switches if `from` is still what is read: of two imports at a time one wins. Atomic; false for the loser. */
    async advance(unit: Unit, from: number, to: number): Promise<boolean> {
      const rows = await unit
        .as<PointerTables>()
        .updateTable('directory_generation')
        .set({ current: to, previous: from })
        .where('id', '=', 1)
        .where('current', '=', from)
        .returning('current')
        .execute();
      return rows.length === 1;
    },

    async restore(unit: Unit, generation: number): Promise<void> {
      const values = { current: generation, previous: null };
      await unit.as<PointerTables>().updateTable('directory_generation').set(values).execute();
    },

    async pin(unit: Unit, generation: number): Promise<void> {
      await unit
        .as<PointerTables>()
        .updateTable('directory_generation')
        .set({ pinned: generation })
        .execute();
    },

    async writeDates(unit: Unit, generation: number, dates: ExtractDates): Promise<void> {
      for (const [kind, extractedAt] of Object.entries(dates)) {
        await unit
          .as<PointerTables>()
          .insertInto('directory_extract')
          .values({ generation, kind, extracted_at: extractedAt })
          .onConflict((conflict) =>
            conflict.columns(['generation', 'kind']).doUpdateSet({ extracted_at: extractedAt }),
          )
          .execute();
      }
    },
  };
}

export type GenerationPointer = ReturnType<typeof createGenerationPointer>;

/** The generations that may still be read. */
export function keptGenerations({ current, previous, pinned }: Pointer): number[] {
  return [current, previous, pinned].filter((number) => number !== null);
}

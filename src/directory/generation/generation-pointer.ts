import { sql } from 'kysely';
import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { ExtractKind } from '../extract/extract-kind.ts';

/** How long page links may go on in a generation that is no longer current. */
const servedAfterMs = 24 * 3_600_000;

interface PointerTables {
  directory_generation: { id: number; current: number; pinned: number | null };
  directory_left_generation: { generation: number; left_at: number };
  directory_import_run: { generation: number };
  directory_extract: { generation: number; kind: string; extracted_at: number };
}

/** Instants of the extracts that a generation was made from. */
export type ExtractDates = Partial<Record<ExtractKind, number>>;

export interface Pointer {
  current: number;
  /** Kept whatever is imported later: what a reset goes back to. */
  pinned: number | null;
}

/** The row that says which generation is read, and the dates of what each was made from. */
export function createGenerationPointer(database: Database) {
  const pointers = prepare<Pointer>(
    database
      .as<PointerTables>()
      .selectFrom('directory_generation')
      .select(['current', 'pinned'])
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

    /** The generations that may still be read: the current one, the pinned one, and those left less than a day ago. */
    async readKept(now: number): Promise<number[]> {
      const { current, pinned } = await this.read();
      const left = await database
        .as<PointerTables>()
        .selectFrom('directory_left_generation')
        .select('generation')
        .where('left_at', '>', now - servedAfterMs)
        .execute();
      const kept = [current, pinned, ...left.map(({ generation }) => generation)];
      return kept.filter((number) => number !== null);
    },

    /** The highest number that a generation ever had: a page link must never meet another one under its number. */
    async readHighest(): Promise<number> {
      const { highest } = await database
        .as<PointerTables>()
        .selectFrom('directory_import_run')
        .select((is) => is.fn.max('generation').as('highest'))
        .executeTakeFirstOrThrow();
      return highest ?? 0;
    },

    /** Forgets what belonged to generations that are gone. */
    async forget(unit: Unit, generations: readonly number[]): Promise<void> {
      const db = unit.as<PointerTables>();
      for (const table of ['directory_left_generation', 'directory_extract'] as const)
        await db.deleteFrom(table).where('generation', 'in', generations).execute();
    },

    /** Switches if `from` is still what is read: of two imports at a time one wins. Atomic; false for the loser. */
    async advance(unit: Unit, { from, to, now }: Step): Promise<boolean> {
      const rows = await unit
        .as<PointerTables>()
        .updateTable('directory_generation')
        .set({ current: to })
        .where('id', '=', 1)
        .where('current', '=', from)
        .returning('current')
        .execute();
      if (rows.length === 1) await leave(unit, from, now);
      return rows.length === 1;
    },

    async restore(unit: Unit, { from, to, now }: Step): Promise<void> {
      await unit.as<PointerTables>().updateTable('directory_generation').set({ current: to }).execute();
      if (from !== to) await leave(unit, from, now);
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

/** From one current generation to another. */
interface Step {
  from: number;
  to: number;
  now: number;
}

async function leave(unit: Unit, generation: number, now: number): Promise<void> {
  await unit
    .as<PointerTables>()
    .insertInto('directory_left_generation')
    .values({ generation, left_at: now })
    .onConflict((conflict) => conflict.column('generation').doUpdateSet({ left_at: now }))
    .execute();
}

export type GenerationPointer = ReturnType<typeof createGenerationPointer>;

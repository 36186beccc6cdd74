import type { Kysely } from 'kysely';
import { keptGenerations, type Pointer } from './generation-pointer.ts';
import type { GenerationTable } from './schema.ts';
import type { GenerationTables } from './tables.ts';

export type Value = string | number | Uint8Array | null;

/** A generation being built aside, from nothing or from a copy of the one before. Tables are named without schema. */
export interface GenerationDraft {
  /** Whether it began from nothing. */
  readonly isFirst: boolean;
  /** Adds rows, values in the order of `columnsOf(table)`. */
  insert(table: GenerationTable, rows: readonly Value[][]): Promise<void>;
  /** Adds rows, or puts them in the place of those with the same key. */
  replace(table: GenerationTable, rows: readonly Value[][]): Promise<void>;
  /** The rows that have one of these values in a column. */
  select<Row>(table: GenerationTable, column: string, values: readonly (number | string)[]): Promise<Row[]>;
  /** Every row of a table that is small. */
  all<Row>(table: GenerationTable): Promise<Row[]>;
  /** Each text of a column once. */
  distinct(table: GenerationTable, column: string): Promise<string[]>;
  remove(table: GenerationTable, column: string, values: readonly number[]): Promise<void>;
  /** Runs a statement that both engines know. Answers how many rows it changed. */
  run(statement: string, values?: readonly Value[]): Promise<number>;
  /** Makes it complete and durable under a number of its own, which is returned; nobody reads it yet. */
  publish(): Promise<number>;
  /** Leaves nothing behind. Does nothing after `publish`. */
  discard(): Promise<void>;
}

/** Where generations live: files beside the state database, or schemas of its PostgreSQL server. */
export interface GenerationStorage {
  /** `previous` 0 begins from nothing: its indexes are made when all is loaded. */
  draft(previous: number): Promise<GenerationDraft>;
  /** What an import remembered of a generation under this name. */
  readState(generation: number, name: string): Promise<Uint8Array | undefined>;
  /** Opens one for reading; `undefined` where it is not kept. Generation 0 is empty and always there. */
  open(generation: number): Promise<Kysely<GenerationTables> | undefined>;
  /** Complete ones, generation 0 included. */
  list(): Promise<number[]>;
  remove(generation: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Removes what nobody reads any more. Generations above the current one stay: another import may be about to switch
 * to one.
 */
export async function removeOutdated(storage: GenerationStorage, pointer: Pointer): Promise<void> {
  const kept = keptGenerations(pointer);
  for (const generation of await storage.list()) {
    if (generation > 0 && generation < pointer.current && !kept.includes(generation))
      await storage.remove(generation);
  }
}

import type { Kysely } from 'kysely';
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
  /**
   * Makes it complete and durable under a number of its own, which is returned; nobody reads it yet. `onPart` hears
   * how much of that is done, 0 to 1.
   */
  publish(onPart?: (part: number) => void): Promise<number>;
  /** Leaves nothing behind. Does nothing after `publish`. */
  discard(): Promise<void>;
}

/** Where generations live: files beside the state database, or schemas of its PostgreSQL server. */
export interface GenerationStorage {
  /**
   * Held by the one import that may run, until it is disposed of or its process dies. Throws `ExtractError` where
   * another one holds it.
   */
  lock(): Promise<AsyncDisposable>;
  /**
   * A draft under a number above `above`. `previous` 0 begins from nothing: its indexes are made when all is loaded.
   * The lock must be held.
   */
  draft(previous: number, above: number): Promise<GenerationDraft>;
  /** What an import remembered of a generation under this name. */
  readState(generation: number, name: string): Promise<Uint8Array | undefined>;
  /**
   * Opens one for reading; `undefined` where it is not kept. Generation 0 is empty and always there. `isServed` false:
   * for one pass by an import, with less memory.
   */
  open(generation: number, options?: { isServed?: boolean }): Promise<Kysely<GenerationTables> | undefined>;
  /** Complete ones, generation 0 included. */
  list(): Promise<number[]>;
  remove(generation: number): Promise<void>;
  close(): Promise<void>;
}

/** Why an import may not begin. */
export const anotherRuns = 'another import is running: run this one when it has ended';

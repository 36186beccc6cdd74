import type { Kysely } from 'kysely';
import { keptGenerations, type Pointer } from './generation-pointer.ts';
import type { GenerationTable } from './schema.ts';
import type { GenerationTables } from './tables.ts';

export type Value = string | number | null;

/**
 * A generation being built aside, with the one it follows beside it. Statements are written once for both engines:
 * `next` and `previous` are the quoted schema names to put before each table.
 */
export interface GenerationBuilder {
  readonly next: string;
  readonly previous: string;
  /** Loads a row, values in the order of `columnsOf(table)`. Of rows with one key the last wins. */
  put(table: GenerationTable, values: Value[]): void;
  /** Sends what `put` has gathered; called once a block of lines. */
  drain(): Promise<void>;
  run(statement: string): Promise<void>;
  all<Row>(statement: string): Promise<Row[]>;
  /** Makes it complete and durable under a number of its own, which is returned; nobody reads it yet. */
  publish(): Promise<number>;
  /** Leaves nothing behind. Does nothing after `publish`. */
  discard(): Promise<void>;
}

/** Where generations live: files beside the state database, or schemas of its PostgreSQL server. */
export interface GenerationStorage {
  build(previous: number): Promise<GenerationBuilder>;
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

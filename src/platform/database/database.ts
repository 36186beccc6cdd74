import type { Kysely } from 'kysely';

/** A unit of work: everything written through it becomes durable together, or not at all. */
export interface Unit {
  /** The unit's queries, typed by the tables that the caller owns. */
  as<Tables>(): Kysely<Tables>;
  /** Runs after the commit, never after a roll-back: logs, counters. */
  afterCommit(run: () => void): void;
}

/** The *state* database: all that people and services change. */
export interface Database {
  readonly engine: 'sqlite' | 'postgres';
  /** Reads committed state only. */
  as<Tables>(): Kysely<Tables>;
  /**
   * Reads also what units at work have written and not yet committed. For rows by a secret that leaves only after its
   * row's commit: nobody can ask for them sooner. With SQLite that finds its pages in the writer's cache, which the
   * readers' loses at each commit.
   */
  latest<Tables>(): Kysely<Tables>;
  /**
   * Runs `work` as one unit and resolves after its commit; an error rolls it back and is thrown on.
   * Inside, await nothing but the unit's own queries: other writers wait. It may run more than once, where
   * PostgreSQL ends it in favour of another unit: it changes nothing but rows.
   */
  write<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /**
   * What was deleted leaves the disk: SQLite overwrites deleted rows, and its log, which still holds older pages, is
   * emptied here. On PostgreSQL that is its operator's affair (vacuum, archived log).
   */
  purge(): Promise<void>;
  close(): Promise<void>;
}

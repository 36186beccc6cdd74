import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database, Unit } from './database.ts';
import { createSqliteKysely, openSqlite } from './sqlite.ts';

/** How long a command that writes beside the server may hold the file before a unit gives up. */
const busyLimitMs = 10_000;
const busyPauseMs = 5;

const durable = {
  journal_mode: 'WAL',
  synchronous: 'FULL',
  secure_delete: 'ON',
  foreign_keys: 'ON',
  // Pages, 16 MiB: a page that many units write goes to the file once. KiB, used as they are needed.
  wal_autocheckpoint: 4096,
  cache_size: -16_384,
};

/**
 * The units that one COMMIT makes durable. The first unit opens the transaction, the end of the following event-loop
 * turn commits it, and every unit resolves after that commit: full durability, one fsync for all who write at once.
 */
interface Group {
  committed: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The state database in one SQLite file, for one serving process. Units are savepoints on one connection and hold
 * its lock from SAVEPOINT to RELEASE, not while the fsync is awaited; other reads use a second connection, which
 * sees committed state only.
 */
export class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly #writer: DatabaseSync;
  readonly #openUnit: StatementSync;
  readonly #releaseUnit: StatementSync;
  readonly #writes: Kysely<unknown>;
  readonly #reads: Kysely<unknown>;
  #group: Group | undefined;
  #tail: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#writer = openSqlite(file, { pragmas: durable });
    this.#openUnit = this.#writer.prepare('SAVEPOINT unit');
    this.#releaseUnit = this.#writer.prepare('RELEASE unit');
    this.#writes = createSqliteKysely(this.#writer);
    this.#reads = createSqliteKysely(openSqlite(file, { pragmas: { query_only: 'ON' } }));
  }

  as<Tables>(): Kysely<Tables> {
    return this.#reads as Kysely<Tables>;
  }

  latest<Tables>(): Kysely<Tables> {
    return this.#writes as Kysely<Tables>;
  }

  async write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    const afterCommit: (() => void)[] = [];
    const unit: Unit = {
      as: <Tables>() => this.#writes as Kysely<Tables>,
      afterCommit: (run) => void afterCommit.push(run),
    };
    const [group, result] = await this.#locked(async () => {
      const open = this.#group ?? (await this.#begin());
      return [open, await this.#savepoint(open, () => work(unit))] as const;
    });
    await group.committed;
    for (const run of afterCommit) run();
    return result;
  }

  async purge(): Promise<void> {
    const deadline = performance.now() + busyLimitMs;
    while (!(await this.#locked(async () => this.#emptyLog()))) {
      if (performance.now() > deadline)
        throw new Error('The log of the database is in use and was not emptied.');
      await wait(busyPauseMs);
    }
  }

  async close(): Promise<void> {
    await this.#locked(async () => this.#commit());
    await this.#reads.destroy();
    await this.#writes.destroy();
  }

  async #savepoint<T>(group: Group, work: () => Promise<T>): Promise<T> {
    this.#openUnit.run();
    try {
      const result = await work();
      this.#releaseUnit.run();
      return result;
    } catch (error) {
      this.#rollBack(group, error);
      throw error;
    }
  }

  /** Some errors (disk full, I/O) end the whole transaction: then no unit of the group is kept. */
  #rollBack(group: Group, error: unknown): void {
    if (this.#writer.isTransaction) {
      this.#writer.exec('ROLLBACK TO unit; RELEASE unit');
      return;
    }
    this.#group = undefined;
    group.reject(error);
  }

  async #begin(): Promise<Group> {
    await this.#beginImmediate();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // A group whose only unit failed has no waiter; its rejection is that unit's own error.
    promise.catch(() => {});
    const group = { committed: promise, resolve, reject };
    this.#group = group;
    this.#commitNextTurn(group);
    return group;
  }

  /** One turn more lets in whoever is on the way; it takes no time where nobody is. */
  #commitNextTurn(group: Group): void {
    setImmediate(() => setImmediate(() => void this.#locked(async () => this.#commit(group))));
  }

  async #beginImmediate(): Promise<void> {
    const deadline = performance.now() + busyLimitMs;
    for (;;) {
      try {
        return this.#writer.exec('BEGIN IMMEDIATE');
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
        await wait(busyPauseMs);
      }
    }
  }

  #commit(group = this.#group): void {
    if (!group || group !== this.#group) return;
    this.#group = undefined;
    try {
      this.#writer.exec('COMMIT');
      group.resolve();
    } catch (error) {
      if (this.#writer.isTransaction) this.#writer.exec('ROLLBACK');
      group.reject(error);
    }
  }

  /** False while somebody still reads from the log (sqlite.org/pragma.html#pragma_wal_checkpoint). */
  #emptyLog(): boolean {
    this.#commit();
    const result = this.#writer.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    return result?.busy === 0;
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    try {
      return await work();
    } finally {
      resolve();
    }
  }
}

function isBusy(error: unknown): boolean {
  // SQLITE_BUSY = 5; extended codes keep it in the low byte (sqlite.org/rescode.html).
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

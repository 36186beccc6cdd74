import type { ExpressionBuilder } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database, Unit } from '../database/database.ts';
import { createOrderedIds, randomLabel } from '../ids.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { FinalFailure } from './job-handler.ts';
import type { JobTables } from './job-migrations.ts';

/** A job that this process holds: nobody else runs it while the lease lasts. */
export interface ClaimedJob {
  id: string;
  kind: string;
  /** Sealed. */
  payload: string;
  /** 1 the first time. */
  attempt: number;
  /** Instant, milliseconds. */
  enqueuedAt: number;
  lease: string;
}

/** A job that was given up: what it carried is gone, why is kept. */
export interface FailedJob {
  id: string;
  kind: string;
  attempts: number;
  failure: string;
  /** Instant, milliseconds. */
  failedAt: number;
}

/**
 * Rows of jobs. What is due is judged by the clock; leases count real time, since they tell whether a process lives
 * and not how old a job is.
 */
export function createJobStore({
  database,
  clock,
  sealing,
}: {
  database: Database;
  clock: Clock;
  sealing: Sealing;
}) {
  const nextId = createOrderedIds('job');
  const realNow = () => clock.now() - clock.aheadMs;

  function isDue(kinds: readonly string[]) {
    const [now, real] = [clock.now(), realNow()];
    return (is: ExpressionBuilder<JobTables, 'job'>) =>
      is.and([
        is('failed_at', 'is', null),
        is('run_at', '<=', now),
        is('kind', 'in', kinds),
        is.or([is('leased_until', 'is', null), is('leased_until', '<=', real)]),
      ]);
  }

  return {
    async add(unit: Unit, kind: string, payload: unknown, runAt?: number): Promise<string> {
      const now = clock.now();
      const id = nextId(now);
      const row = { id, kind, payload: sealing.seal(id, payload), enqueued_at: now, attempts: 0 };
      await unit
        .as<JobTables>()
        .insertInto('job')
        .values({ ...row, run_at: runAt ?? now })
        .execute();
      return id;
    },

    async remove(unit: Unit, id: string): Promise<void> {
      await unit.as<JobTables>().deleteFrom('job').where('id', '=', id).execute();
    },

    /** @throws FinalFailure */
    payloadOf({ id, payload }: ClaimedJob): unknown {
      try {
        return sealing.open(id, payload);
      } catch {
        throw new FinalFailure('the payload cannot be opened with this key');
      }
    },

    /** A look before the claim, since a claim writes. */
    async hasDue(kinds: readonly string[]): Promise<boolean> {
      const query = database.as<JobTables>().selectFrom('job').select('id').where(isDue(kinds)).limit(1);
      return (await query.executeTakeFirst()) !== undefined;
    },

    /** Takes the oldest due job, in one statement: of many processes one gets it. */
    async claim(unit: Unit, kinds: readonly string[], leaseMs: number): Promise<ClaimedJob | undefined> {
      const lease = randomLabel(10);
      const db = unit.as<JobTables>();
      const oldest = db
        .selectFrom('job')
        .select('id')
        .where(isDue(kinds))
        .orderBy('run_at')
        .orderBy('id')
        .limit(1)
        .$if(database.engine === 'postgres', (query) => query.forUpdate().skipLocked());
      const row = await db
        .updateTable('job')
        .set((is) => ({ lease, leased_until: realNow() + leaseMs, attempts: is('attempts', '+', 1) }))
        .where('id', '=', oldest)
        // PostgreSQL judges a row anew once another transaction has let go of it.
        .where(isDue(kinds))
        .returning(['id', 'kind', 'payload', 'attempts', 'enqueued_at'])
        .executeTakeFirst();
      if (!row) return undefined;
      const { id, kind, payload, attempts, enqueued_at } = row;
      return { id, kind, payload: payload ?? '', attempt: attempts, enqueuedAt: enqueued_at, lease };
    },

    /** The holder lives: nobody else takes the job for so long from now. */
    async renew(unit: Unit, { id, lease }: ClaimedJob, leaseMs: number): Promise<void> {
      await unit
        .as<JobTables>()
        .updateTable('job')
        .set({ leased_until: realNow() + leaseMs })
        .where('id', '=', id)
        .where('lease', '=', lease)
        .execute();
    },

    /** Deletes the job with all that it carried; false when its lease has passed to another. */
    async finish(unit: Unit, { id, lease }: ClaimedJob): Promise<boolean> {
      const { numDeletedRows } = await unit
        .as<JobTables>()
        .deleteFrom('job')
        .where('id', '=', id)
        .where('lease', '=', lease)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    },

    async retry(unit: Unit, { id, lease }: ClaimedJob, failure: string, runAt: number): Promise<void> {
      await unit
        .as<JobTables>()
        .updateTable('job')
        .set({ run_at: runAt, last_failure: failure, lease: null, leased_until: null })
        .where('id', '=', id)
        .where('lease', '=', lease)
        .execute();
    },

    async giveUp(unit: Unit, { id, lease }: ClaimedJob, failure: string): Promise<void> {
      const given = { payload: null, lease: null, leased_until: null };
      await unit
        .as<JobTables>()
        .updateTable('job')
        .set({ ...given, last_failure: failure, failed_at: clock.now() })
        .where('id', '=', id)
        .where('lease', '=', lease)
        .execute();
    },

    /** Jobs that were given up, newest first. */
    async failed(limit: number): Promise<FailedJob[]> {
      const rows = await database
        .as<JobTables>()
        .selectFrom('job')
        .select(['id', 'kind', 'attempts', 'last_failure', 'failed_at'])
        .where('failed_at', 'is not', null)
        .orderBy('failed_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ id, kind, attempts, last_failure, failed_at }) => ({
        id,
        kind,
        attempts,
        failure: last_failure ?? '',
        failedAt: failed_at ?? 0,
      }));
    },

    async forgetFailures(unit: Unit, before: number): Promise<void> {
      await unit.as<JobTables>().deleteFrom('job').where('failed_at', '<', before).execute();
    },
  };
}

export type JobStore = ReturnType<typeof createJobStore>;

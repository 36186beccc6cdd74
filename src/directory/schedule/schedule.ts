import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import { nextRun } from './next-run.ts';

interface ScheduleTables {
  directory_schedule: { id: string; at: string };
}

/** The kind of the job that fetches and imports. */
export const refreshKind = 'directory.refresh';

export interface Schedule {
  /** Another one each time it is set: a job of one that was replaced does nothing. */
  id: string;
  /** HH:MM, by the clocks of Paris. */
  at: string;
}

export interface DirectorySchedule {
  find(): Promise<Schedule | undefined>;
  /** From now on every day at `at`, in a serving process; gives the first instant. */
  set(at: string): Promise<number>;
  clear(): Promise<void>;
  /** Queues the run that follows. */
  enqueueNext(unit: Unit, schedule: Schedule): Promise<number>;
}

export interface ScheduleDependencies {
  database: Database;
  clock: Clock;
  jobs: Jobs;
}

/** One row, and one job of the queue that is waiting for its time. */
export function createDirectorySchedule({ database, clock, jobs }: ScheduleDependencies): DirectorySchedule {
  const clear = (unit: Unit) => unit.as<ScheduleTables>().deleteFrom('directory_schedule').execute();

  async function enqueueNext(unit: Unit, { id, at }: Schedule): Promise<number> {
    const runAt = nextRun(at, clock.now());
    await jobs.enqueue(unit, refreshKind, { schedule: id }, { runAt });
    return runAt;
  }

  return {
    enqueueNext,
    find: () =>
      database.as<ScheduleTables>().selectFrom('directory_schedule').select(['id', 'at']).executeTakeFirst(),
    set: (at) =>
      database.write(async (unit) => {
        const schedule = { id: newId('sch'), at };
        await clear(unit);
        await unit.as<ScheduleTables>().insertInto('directory_schedule').values(schedule).execute();
        return await enqueueNext(unit, schedule);
      }),
    async clear() {
      await database.write(clear);
    },
  };
}

import type { Clock } from '../clock.ts';
import type { Database, Unit } from '../database/database.ts';
import { createSealing } from '../sealing/sealing.ts';
import { createJobStore, type FailedJob, type JobStore } from './job-store.ts';

/** What modules see of the queue. */
export interface Jobs {
  /**
   * The job runs if the unit commits, and never otherwise: at once, or not before `runAt` (instant, milliseconds).
   * `payload` is JSON with all that the job needs; it is kept sealed and deleted with the job.
   */
  enqueue(unit: Unit, kind: string, payload: unknown, options?: { runAt?: number }): Promise<void>;
  /** The same for what is done at once, unless this process dies before: gives what `withdraw` takes back. */
  plan(unit: Unit, kind: string, payload: unknown, runAt: number): Promise<string>;
  /** What the job was for is done; one that runs now is not stopped. */
  withdraw(unit: Unit, id: string): Promise<void>;
}

export interface JobQueue extends Jobs {
  readonly store: JobStore;
  /** Jobs that were given up, newest first. */
  failed(limit?: number): Promise<FailedJob[]>;
  /** Forgets failures after a month. */
  sweep(): Promise<void>;
  /** Looks for due jobs now, as after the clock was moved. */
  wake(): void;
  /** Calls `listener` when a job of this process was committed; returns how to end that. */
  onWake(listener: () => void): () => void;
}

const keepFailuresMs = 30 * 24 * 3_600_000;

export interface JobQueueDependencies {
  database: Database;
  clock: Clock;
  /** One of the secrets, 32 bytes or more: payloads are sealed under a key derived from it. */
  secret: Uint8Array;
}

/** Jobs are rows: any process may add them, and any process that runs `startJobs` does them. */
export function createJobQueue({ database, clock, secret }: JobQueueDependencies): JobQueue {
  const store = createJobStore({ database, clock, sealing: createSealing(secret, 'hygie job payload') });
  const listeners = new Set<() => void>();
  const wake = () => {
    for (const listener of listeners) listener();
  };
  return {
    store,
    wake,
    async enqueue(unit, kind, payload, { runAt } = {}) {
      await store.add(unit, kind, payload, runAt);
      unit.afterCommit(wake);
    },
    plan: (unit, kind, payload, runAt) => store.add(unit, kind, payload, runAt),
    withdraw: (unit, id) => store.remove(unit, id),
    failed: (limit = 100) => store.failed(limit),
    async sweep() {
      await database.write((unit) => store.forgetFailures(unit, clock.now() - keepFailuresMs));
    },
    onWake(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

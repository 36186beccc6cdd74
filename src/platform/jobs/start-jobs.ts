import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import { type JobEffect, JobFailure, type JobHandler, type JobHandlers } from './job-handler.ts';
import type { JobQueue } from './job-queue.ts';
import type { ClaimedJob } from './job-store.ts';
import { describeFailure, nextTry } from './retry-policy.ts';

export interface JobRunnerDependencies {
  database: Database;
  clock: Clock;
  logger: Logger;
  queue: JobQueue;
  handlers: JobHandlers;
  /** How often to look for jobs of other processes, and for retries; a second unless told. */
  pollMs?: number;
  /** How long a job stays this process's without a sign of life; six seconds unless told. */
  leaseMs?: number;
}

const concurrency = 4;
/** A process renews its leases while it lives: one that ran out means that it died, and somebody waits for a mail. */
const usualLeaseMs = 6_000;
const renewalsPerLease = 3;
const usualTryLimitMs = 60_000;
const stopGraceMs = 5_000;

/** Runs due jobs until it is disposed of, which waits for those that are running. */
export function startJobs(dependencies: JobRunnerDependencies): AsyncDisposable {
  return new JobRunner(dependencies);
}

class JobRunner implements AsyncDisposable {
  readonly #given: JobRunnerDependencies;
  readonly #running = new Map<string, Set<Promise<void>>>();
  readonly #stop = new AbortController();
  readonly #stopListening: () => void;
  readonly #timer: NodeJS.Timeout;
  /** Whoever queued a job does not lend its name to the log of others. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #leaseMs: number;
  #stopping = false;
  #round: Promise<void> | undefined;
  #again = false;

  constructor(given: JobRunnerDependencies) {
    this.#given = given;
    this.#leaseMs = given.leaseMs ?? usualLeaseMs;
    for (const kind of Object.keys(given.handlers)) this.#running.set(kind, new Set());
    this.#stopListening = given.queue.onWake(() => this.#wake());
    this.#timer = setInterval(() => this.#wake(), given.pollMs ?? 1_000);
    this.#timer.unref();
    this.#wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    this.#stopListening();
    await this.#round;
    const grace = setTimeout(() => this.#stop.abort(new JobFailure('stopped')), stopGraceMs);
    await Promise.all([...this.#running.values()].flatMap((runs) => [...runs]));
    clearTimeout(grace);
  }

  #wake(): void {
    if (this.#stopping) return;
    this.#again = true;
    this.#round ??= this.#outside(() => this.#startRounds()).finally(() => {
      this.#round = undefined;
      if (this.#again) this.#wake();
    });
  }

  async #startRounds(): Promise<void> {
    while (this.#again && !this.#stopping) {
      this.#again = false;
      try {
        await this.#startDue();
      } catch (error) {
        this.#given.logger.error({ failure: describeFailure(error) }, 'jobs could not be read');
      }
    }
  }

  async #startDue(): Promise<void> {
    const { queue, database } = this.#given;
    for (;;) {
      const kinds = this.#freeKinds();
      if (this.#stopping || kinds.length === 0 || !(await queue.store.hasDue(kinds))) return;
      const job = await database.write((unit) => queue.store.claim(unit, kinds, this.#leaseMs));
      if (!job) return;
      this.#start(job);
    }
  }

  #freeKinds(): string[] {
    return Object.entries(this.#given.handlers)
      .filter(([kind, handler]) => this.#runsOf(kind).size < (handler.concurrency ?? concurrency))
      .map(([kind]) => kind);
  }

  #runsOf(kind: string): Set<Promise<void>> {
    return this.#running.get(kind) ?? new Set();
  }

  #start(job: ClaimedJob): void {
    const runs = this.#runsOf(job.kind);
    const run = this.#run(job).finally(() => {
      runs.delete(run);
      this.#wake();
    });
    runs.add(run);
  }

  async #run(job: ClaimedJob): Promise<void> {
    const handler = this.#given.handlers[job.kind];
    if (!handler) return;
    const renewal = setInterval(() => void this.#renew(job), this.#leaseMs / renewalsPerLease);
    try {
      const effect = await this.#attempt(job, handler);
      await this.#finish(job, effect);
    } catch (error) {
      await this.#recordFailure(job, handler, error);
    } finally {
      clearInterval(renewal);
    }
  }

  async #renew(job: ClaimedJob): Promise<void> {
    const { database, queue, logger } = this.#given;
    try {
      await database.write((unit) => queue.store.renew(unit, job, this.#leaseMs));
    } catch (error) {
      logger.warn({ job: job.id, failure: describeFailure(error) }, 'a lease was not renewed');
    }
  }

  async #attempt(job: ClaimedJob, handler: JobHandler): Promise<JobEffect | undefined> {
    const payload = this.#given.queue.store.payloadOf(job);
    const tooLong = AbortSignal.timeout(handler.tryLimitMs ?? usualTryLimitMs);
    const signal = AbortSignal.any([tooLong, this.#stop.signal]);
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => reject(new JobFailure(tooLong.aborted ? 'took too long' : 'stopped'));
    signal.addEventListener('abort', abort);
    try {
      return await Promise.race([
        handler.run(payload, { id: job.id, attempt: job.attempt, signal }),
        aborted,
      ]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async #finish(job: ClaimedJob, effect: JobEffect | undefined): Promise<void> {
    const { database, queue } = this.#given;
    await database.write(async (unit) => {
      const held = await queue.store.finish(unit, job);
      if (held) await effect?.(unit);
    });
  }

  async #recordFailure(job: ClaimedJob, handler: JobHandler, error: unknown): Promise<void> {
    const { database, queue, clock, logger } = this.#given;
    const failure = describeFailure(error);
    const runAt = nextTry(job, error, clock.now(), handler.retryForMs);
    const said = { kind: job.kind, job: job.id, attempt: job.attempt, failure };
    if (runAt === undefined) logger.error(said, 'a job was given up');
    else logger.warn({ ...said, err: error }, 'a job failed and is tried again');
    try {
      await database.write((unit) =>
        runAt === undefined
          ? queue.store.giveUp(unit, job, failure)
          : queue.store.retry(unit, job, failure, runAt),
      );
    } catch (cause) {
      // The row keeps its lease; when that runs out the job is tried again.
      logger.error({ ...said, failure: describeFailure(cause) }, 'a failure could not be kept');
    }
  }
}

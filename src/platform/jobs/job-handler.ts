import type { Unit } from '../database/database.ts';

/** One run of a job. */
export interface JobRun {
  /** The same on every try: what the outside is told twice it can recognise. */
  id: string;
  /** 1 the first time. */
  attempt: number;
  /** Ends a try that takes too long, or when the process stops. */
  signal: AbortSignal;
}

/** What a job writes: committed together with its end, so exactly once. */
export type JobEffect = (unit: Unit) => Promise<void>;

export interface JobHandler {
  /**
   * Does what lies outside the database, then returns what to write. A process may die in between: then the outside
   * sees it again. An error means "later"; a `FinalFailure` means that later is no better.
   */
  run(payload: unknown, job: JobRun): Promise<JobEffect | undefined>;
  /** Runs at once in one process; 4 unless told. */
  concurrency?: number;
  /** How long one try may take; a minute unless told. */
  tryLimitMs?: number;
  /** How long tries go on; 5 days unless told (RFC 5321, 4.5.4.1). */
  retryForMs?: number;
}

/** By kind, such as `mail.deliver`. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** `message` is stored and logged: it names a code or a field, never a value. */
export class JobFailure extends Error {
  override name = 'JobFailure';
}

/** A failure that a later try would meet again. */
export class FinalFailure extends JobFailure {
  override name = 'FinalFailure';
}

import { z } from 'zod';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { JobFailure, type JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Logger } from '#platform/logger.ts';
import type { ImportReport } from '../import/import-report.ts';
import { type DirectorySchedule, refreshKind } from './schedule.ts';

/** What a command of this program answered. */
export interface CommandAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of this program in a process of its own, which ends with `signal`. */
export type RunCommand = (args: readonly string[], signal: AbortSignal) => Promise<CommandAnswer>;

export interface RefreshDependencies {
  schedule: DirectorySchedule;
  runCommand: RunCommand;
  events: EventReporter;
  logger: Logger;
}

/** How a refresh ended: as its import did, or not at all. */
type Outcome = Pick<ImportReport, 'status' | 'runId' | 'generation'> | { status: 'failed'; reason: string };

/** Tries a day, the last one about an hour and a half after the first. */
const mostTries = 8;
/** A national extract from a slow server. */
const tryLimitMs = 6 * 3_600_000;

const payloadSchema = z.object({ schedule: z.string() });
const fetchedSchema = z.object({ files: z.array(z.object({ file: z.string() })) });
const reportSchema = z.object({
  status: z.enum(['applied', 'planned', 'waiting', 'unchanged']),
  runId: z.string(),
  generation: z.number(),
});

/**
 * The daily job: fetches the extracts and imports them, each in a process of its own, so that sign-ins are answered
 * meanwhile. Queues the next day's as it ends, however that is.
 */
export function createRefreshJobHandlers(dependencies: RefreshDependencies): JobHandlers {
  const { schedule, events, logger } = dependencies;
  return {
    [refreshKind]: {
      concurrency: 1,
      tryLimitMs,
      async run(payload, { attempt, signal }) {
        const current = await schedule.find();
        if (!current || current.id !== payloadSchema.parse(payload).schedule) return undefined;
        const outcome = await tryRefresh(dependencies, attempt, signal);
        return async (unit) => {
          await reportRefresh(events, unit, outcome);
          await schedule.enqueueNext(unit, current);
          unit.afterCommit(() => logRefresh(logger, outcome));
        };
      },
    },
  };
}

/** @throws JobFailure while there are tries left. */
async function tryRefresh(
  { runCommand }: RefreshDependencies,
  attempt: number,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const { files } = fetchedSchema.parse(await answerOf(['fetch']));
    const report = await answerOf(['import', ...files.map(({ file }) => file)]);
    return reportSchema.parse(report);
  } catch (error) {
    if (attempt < mostTries || signal.aborted) throw error;
    return { status: 'failed', reason: error instanceof JobFailure ? error.message : 'unknown' };
  }

  /** Exit code 3 is an import that waits. */
  async function answerOf(args: string[]): Promise<unknown> {
    const { code, stdout, stderr } = await runCommand(['directory', ...args, '--json'], signal);
    if (code !== 0 && code !== 3) throw new JobFailure(`${args[0]}: ${lastLine(stderr)}`);
    return JSON.parse(stdout);
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';

const reportRefresh = (events: EventReporter, unit: Unit, outcome: Outcome): Promise<void> =>
  events.report(unit, { name: 'directory.refreshed', details: { ...outcome } });

/** What needs somebody is said louder than what went well. */
function logRefresh(logger: Logger, outcome: Outcome): void {
  if (outcome.status === 'failed')
    logger.error({ reason: outcome.reason }, 'the directory was not refreshed; it is tried again tomorrow');
  if (outcome.status === 'waiting')
    logger.warn(
      { run: outcome.runId },
      'an import waits: look at its plan (hygie directory runs), then import its files again with --accept',
    );
}

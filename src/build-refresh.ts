import type { Config } from '#config';
import { createDirectorySchedule, createRefreshJobHandlers } from '#directory';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import type { JobQueue } from '#platform/jobs/job-queue.ts';
import type { Logger } from '#platform/logger.ts';
import { createRunCommand } from './run-command.ts';

export interface RefreshParts {
  config: Config;
  database: Database;
  clock: Clock;
  logger: Logger;
  audit: EventReporter;
  messaging: { jobs: JobQueue };
}

/** The daily import of extracts, as a job. */
export function buildRefreshJobs(parts: RefreshParts): JobHandlers {
  const { config, database, clock, logger, audit, messaging } = parts;
  const schedule = createDirectorySchedule({ database, clock, jobs: messaging.jobs });
  return createRefreshJobHandlers({ schedule, runCommand: createRunCommand(config), events: audit, logger });
}

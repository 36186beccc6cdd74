import type { Hono } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { Logger } from '#platform/logger.ts';
import { createRateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { DirectoryStore } from '../directory-store.ts';
import { createExportDesk } from '../export/export-desk.ts';
import type { GenerationLocation } from '../generation/open-generation-storage.ts';
import { createBulkRoutes } from './bulk-routes.ts';
import { createFhirRoutes } from './fhir-routes.ts';
import { createHistoryRoutes } from './history-routes.ts';
import { createReadRoutes } from './read-routes.ts';

export interface FhirApi {
  /** For the directory listener. */
  routes: Hono<AppEnv>;
  /** The jobs that carry out exports. */
  jobHandlers: JobHandlers;
  /** Removes exports that are over. */
  sweep(): Promise<void>;
}

export interface FhirApiDependencies {
  store: DirectoryStore;
  database: Database;
  clock: Clock;
  logger: Logger;
  jobs: Jobs;
  generations: GenerationLocation;
  /** Where the files of exports are kept. */
  exportDirectory: string;
}

/** The FHIR API of a directory. */
export function createFhirApi({ logger, ...dependencies }: FhirApiDependencies): FhirApi {
  const { store, clock } = dependencies;
  const exports = createExportDesk({ ...dependencies, limiter: createRateLimiter({ clock }) });
  const table = [...createBulkRoutes(exports), ...createHistoryRoutes(store), ...createReadRoutes(store)];
  return {
    routes: createFhirRoutes(table, { clock, logger }),
    jobHandlers: exports.jobHandlers,
    sweep: exports.sweep,
  };
}

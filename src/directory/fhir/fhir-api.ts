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
import type { ApiKeys } from '../keys/api-keys.ts';
import { createBulkRoutes } from './bulk-routes.ts';
import { createFhirRoutes } from './fhir-routes.ts';
import { createHistoryRoutes } from './history-routes.ts';
import { type FhirAccess, limitCalls, openAccess } from './limit-calls.ts';
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
  keys: ApiKeys;
  /** Open to everybody unless told. */
  access?: FhirAccess;
}

/** The FHIR API of a directory. */
export function createFhirApi({
  logger,
  access = openAccess,
  ...dependencies
}: FhirApiDependencies): FhirApi {
  const { store, clock } = dependencies;
  const shared = { ...dependencies, limiter: createRateLimiter({ clock }) };
  const exports = createExportDesk(shared);
  const limits = limitCalls({ ...shared, access });
  const table = [
    ...createBulkRoutes(exports, access),
    ...createHistoryRoutes(store),
    ...createReadRoutes(store),
  ];
  return {
    routes: createFhirRoutes(table, { clock, logger, limits }),
    jobHandlers: exports.jobHandlers,
    sweep: exports.sweep,
  };
}

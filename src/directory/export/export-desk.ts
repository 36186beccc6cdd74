import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { JobHandlers } from '#platform/jobs/job-handler.ts';
import type { Jobs } from '#platform/jobs/job-queue.ts';
import type { RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { DirectoryStore } from '../directory-store.ts';
import type { GenerationLocation } from '../generation/open-generation-storage.ts';
import { comeAgainMs, exportLifetimeMs, exportsByAddress, mostWaiting } from './export-policy.ts';
import { createExportRunner, exportJob } from './export-runner.ts';
import { createExportStore, type ExportRecord, type NewExport } from './export-store.ts';

export interface ExportDesk {
  /** Takes an order; another process may carry it out. */
  order(wanted: Omit<NewExport, 'id'>, address: string): Promise<{ id: string } | { retryAt: number }>;
  find(id: string): Promise<ExportRecord | undefined>;
  /** Its files go too. False where there is none. */
  cancel(id: string): Promise<boolean>;
  /** Where one of its files is, compressed. */
  pathOf(id: string, name: string): string;
  jobHandlers: JobHandlers;
  /** Removes what is older than a day. */
  sweep(): Promise<void>;
}

export interface ExportDependencies {
  database: Database;
  clock: Clock;
  jobs: Jobs;
  limiter: RateLimiter;
  store: DirectoryStore;
  generations: GenerationLocation;
  /** Where the files are kept. */
  exportDirectory: string;
}

/** Exports of a whole generation: ordered, carried out one at a time by a job, kept for a day. */
export function createExportDesk(dependencies: ExportDependencies): ExportDesk {
  const { database, clock, jobs, limiter, exportDirectory } = dependencies;
  const exports = createExportStore(database);
  const directoryOf = (id: string) => join(exportDirectory, id);
  const removeFiles = (id: string) => rm(directoryOf(id), { recursive: true, force: true });

  return {
    order: (wanted, address) =>
      database.write(async (unit) => {
        const refused = await limiter.take(unit, `fhir export ${address}`, exportsByAddress);
        if (refused) return refused;
        if ((await exports.countOpen(unit)) >= mostWaiting) return { retryAt: clock.now() + comeAgainMs };
        const id = newId('exp');
        await exports.add(unit, { id, ...wanted }, clock.now());
        await jobs.enqueue(unit, exportJob, { id });
        return { id };
      }),
    async find(id) {
      const found = await exports.find(id);
      return found && !isOver(found, clock.now()) ? found : undefined;
    },
    async cancel(id) {
      const removed = await database.write((unit) => exports.remove(unit, id));
      if (removed) await removeFiles(id);
      return removed;
    },
    pathOf: (id, name) => join(directoryOf(id), `${name}.gz`),
    jobHandlers: { [exportJob]: createExportRunner({ ...dependencies, exports, directoryOf, removeFiles }) },
    async sweep() {
      await database.write((unit) => exports.forget(unit, clock.now() - exportLifetimeMs));
      await mkdir(exportDirectory, { recursive: true, mode: 0o700 });
      const kept = new Set(await exports.ids());
      for (const id of await readdir(exportDirectory)) if (!kept.has(id)) await removeFiles(id);
    },
  };
}

const isOver = ({ endedAt }: ExportRecord, now: number): boolean =>
  endedAt !== null && endedAt < now - exportLifetimeMs;

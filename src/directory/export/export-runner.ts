import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { JobEffect, JobHandler, JobRun } from '#platform/jobs/job-handler.ts';
import type { DirectoryStore } from '../directory-store.ts';
import type { GenerationLocation } from '../generation/open-generation-storage.ts';
import { mostTries, resourcesPerFile, tryLimitMs } from './export-policy.ts';
import type { ExportStore } from './export-store.ts';
import { runExport } from './run-export.ts';

/** The kind of job that carries out one export. */
export const exportJob = 'directory.export';

interface Dependencies {
  database: Database;
  clock: Clock;
  store: DirectoryStore;
  generations: GenerationLocation;
  exports: ExportStore;
  directoryOf(id: string): string;
  removeFiles(id: string): Promise<void>;
}

/** Carries out one export at a time. One that broke off begins again, in the generation that it began in. */
export function createExportRunner(dependencies: Dependencies): JobHandler {
  const { database, clock, store, generations, exports, directoryOf, removeFiles } = dependencies;

  return {
    concurrency: 1,
    tryLimitMs,
    async run(payload, job) {
      const { id } = payload as { id: string };
      try {
        return await carryOut(id, job);
      } catch (error) {
        if (job.signal.aborted || job.attempt < mostTries) throw error;
        await removeFiles(id);
        return async (unit) => void (await exports.fail(unit, id, clock.now()));
      }
    },
  };

  async function carryOut(id: string, { signal }: JobRun): Promise<JobEffect | undefined> {
    const ordered = await exports.find(id);
    if (!ordered) return undefined;
    const generation = ordered.generation ?? (await store.current()).generation;
    await database.write((unit) => exports.begin(unit, id, generation));
    await removeFiles(id);
    const cancelled = new AbortController();
    const onPart = (part: number) => void tell(id, Math.floor(part * 100), cancelled);
    const { types, since } = ordered;
    const request = { types, since, generations, generation, resourcesPerFile, directory: directoryOf(id) };
    try {
      const running = { signal: AbortSignal.any([signal, cancelled.signal]), onPart };
      const result = await runExport({ ...request, format: 'ndjson', gzip: true }, running);
      return async (unit) => {
        if (!(await exports.finish(unit, id, result, clock.now())))
          unit.afterCommit(() => void removeFiles(id));
      };
    } catch (error) {
      if (!cancelled.signal.aborted) throw error;
      await removeFiles(id);
      return undefined;
    }
  }

  /** One that is no longer wanted is ended where it is. */
  async function tell(id: string, percent: number, cancelled: AbortController): Promise<void> {
    try {
      const wanted = await database.write((unit) => exports.progress(unit, id, percent));
      if (!wanted) cancelled.abort();
    } catch {
      // The next one tells as well.
    }
  }
}

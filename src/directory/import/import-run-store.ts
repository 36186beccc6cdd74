import type { Unit } from '#platform/database/database.ts';
import type { ImportReport } from './import-report.ts';

interface RunTables {
  directory_import_run: {
    id: string;
    started_at: number;
    status: string;
    generation: number;
    report: string;
  };
}

/** Keeps what a run did, without the lines it left out: those were the caller's to read. */
export async function recordImportRun(unit: Unit, report: ImportReport, startedAt: number): Promise<void> {
  const files = report.files.map(({ skipped: _, ...file }) => file);
  await unit
    .as<RunTables>()
    .insertInto('directory_import_run')
    .values({
      id: report.runId,
      started_at: startedAt,
      status: report.status,
      generation: report.generation,
      report: JSON.stringify({ ...report, files, warnings: report.warnings.length }),
    })
    .execute();
}

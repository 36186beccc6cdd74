import type { Database, Unit } from '#platform/database/database.ts';
import type { ChangeCounts } from './changes.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import type { FileReport, ImportReport, ImportStatus } from './import-report.ts';

interface RunTables {
  directory_import_run: {
    id: string;
    started_at: number;
    status: string;
    generation: number;
    report: string;
  };
}

/** A run that was kept: applied, unchanged, or waiting to be accepted. */
export interface ImportRun {
  id: string;
  /** Instant, milliseconds. */
  startedAt: number;
  status: ImportStatus;
  /** The one that was read after the run. */
  generation: number;
  seconds: number;
  files: Omit<FileReport, 'skipped'>[];
  practitioners: ChangeCounts;
  roles: ChangeCounts;
  organizations: ChangeCounts;
}

export interface ImportRunWithPlan extends ImportRun {
  plan: ImportPlan;
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

/** Newest first. */
export async function listImportRuns(database: Database, limit: number): Promise<ImportRun[]> {
  const rows = await selectRuns(database).orderBy('started_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(toRun).map(({ plan: _, ...run }) => run);
}

export async function findImportRun(database: Database, id: string): Promise<ImportRunWithPlan | undefined> {
  const row = await selectRuns(database).where('id', '=', id).executeTakeFirst();
  return row && toRun(row);
}

const selectRuns = (database: Database) =>
  database.as<RunTables>().selectFrom('directory_import_run').selectAll();

function toRun(row: RunTables['directory_import_run']): ImportRunWithPlan {
  const { seconds, files, practitioners, roles, organizations, plan } = JSON.parse(
    row.report,
  ) as ImportReport;
  return {
    id: row.id,
    startedAt: Number(row.started_at),
    status: row.status as ImportStatus,
    generation: row.generation,
    ...{ seconds, files, practitioners, roles, organizations },
    // Runs of before plans were kept have none.
    plan: plan ?? emptyPlan(),
  };
}

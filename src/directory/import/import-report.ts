import type { ExtractKind } from '../extract/extract-kind.ts';
import type { Extract, ExtractTally } from '../extract/open-extract.ts';
import type { ChangeCounts, Changes } from './changes.ts';
import type { ImportPlan } from './import-plan.ts';

export interface FileReport {
  name: string;
  kind: ExtractKind;
  rows: number;
  skipped: ExtractTally['skipped'];
  skippedCount: number;
}

/**
 * `applied`, `planned` (a dry run), `waiting` (so much would change that somebody must accept it), or `unchanged`.
 */
export type ImportStatus = 'applied' | 'planned' | 'waiting' | 'unchanged';

/** What `hygie directory import --json` prints. */
export interface ImportReport {
  runId: string;
  /** The generation that is read after the run. */
  generation: number;
  status: ImportStatus;
  files: FileReport[];
  practitioners: ChangeCounts;
  roles: ChangeCounts;
  organizations: ChangeCounts;
  seconds: number;
  rowsPerSecond: number;
  peakMemoryMiB: number;
  warnings: ExtractTally['warnings'];
  plan: ImportPlan;
}

/** `part`, 0 to 1, is of the phase. */
export type ImportProgress =
  /** An archive. */
  | { phase: 'unpacking'; file: string; part: number }
  /** Rows of a file. */
  | { phase: 'reading'; file: string; done: number; part: number }
  /** People and places that differ. */
  | { phase: 'applying'; done: number; part: number }
  /** Making it complete and durable. */
  | { phase: 'finishing'; part: number };

/** A file and what was read of it. */
export interface ReadFile {
  extract: Extract;
  tally: ExtractTally;
}

/** `started` as of `performance.now()`. */
export function createReport(
  { runId, started, files }: { runId: string; started: number; files: readonly ReadFile[] },
  { changes: { counts }, plan }: { changes: Changes; plan: ImportPlan },
  { status, generation }: Pick<ImportReport, 'status' | 'generation'>,
): ImportReport {
  const seconds = Math.round(performance.now() - started) / 1000;
  const rows = files.reduce((sum, { tally }) => sum + tally.rows, 0);
  return {
    runId,
    generation,
    status,
    files: files.map(describeFile),
    practitioners: counts('practitioner'),
    roles: counts('practitioner_role'),
    organizations: counts('organization'),
    seconds,
    rowsPerSecond: Math.round(rows / Math.max(seconds, 0.001)),
    // The system counts kibibytes.
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    warnings: files.flatMap(({ tally }) => tally.warnings),
    plan,
  };
}

const describeFile = ({ extract, tally }: ReadFile): FileReport => ({
  name: extract.name,
  kind: extract.header.kind,
  rows: tally.rows,
  skipped: tally.skipped,
  skippedCount: tally.skipped.length,
});

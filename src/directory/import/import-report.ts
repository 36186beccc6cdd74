import { type ExtractKind, restrictedKind } from '../extract/extract-kind.ts';
import { linkKind } from '../extract/link-columns.ts';
import type { Extract, ExtractTally } from '../extract/open-extract.ts';
import type { Beside, ContactCounts } from './beside.ts';
import type { ChangeCounts, Changes } from './changes.ts';
import type { ImportPlan } from './import-plan.ts';

export interface FileReport {
  name: string;
  kind: ExtractKind | typeof restrictedKind | typeof linkKind;
  rows: number;
  skipped: { line: number; reason: string }[];
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
  /** Where a file held contact details. */
  contacts?: ContactCounts;
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
interface ReportedRun {
  runId: string;
  started: number;
  files: readonly ReadFile[];
  beside: Pick<Beside, 'linkReport' | 'contacts'>;
}

export function createReport(
  { runId, started, files, beside }: ReportedRun,
  { changes: { counts }, plan }: { changes: Changes; plan: ImportPlan },
  { status, generation }: Pick<ImportReport, 'status' | 'generation'>,
): ImportReport {
  const contacts = beside.contacts();
  const seconds = Math.round(performance.now() - started) / 1000;
  const rows = files.reduce((sum, { tally }) => sum + tally.rows, 0);
  return {
    runId,
    generation,
    status,
    files: [...files.map(describeFile), ...describeLinks(beside)],
    practitioners: counts('practitioner'),
    roles: counts('practitioner_role'),
    organizations: counts('organization'),
    seconds,
    rowsPerSecond: Math.round(rows / Math.max(seconds, 0.001)),
    // The system counts kibibytes.
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    warnings: files.flatMap(({ tally }) => tally.warnings),
    plan,
    ...(contacts && { contacts }),
  };
}

const describeFile = ({ extract, tally }: ReadFile): FileReport => ({
  name: extract.name,
  kind: extract.header.isRestricted ? restrictedKind : extract.header.kind,
  rows: tally.rows,
  skipped: tally.skipped,
  skippedCount: tally.skipped.length,
});

function describeLinks({ linkReport }: Pick<Beside, 'linkReport'>): FileReport[] {
  if (!linkReport) return [];
  const { name, rows, skipped } = linkReport;
  return [{ name, kind: linkKind, rows, skipped, skippedCount: skipped.length }];
}

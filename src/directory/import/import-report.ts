import type { ExtractKind } from '../extract/extract-kind.ts';
import type { ExtractTally } from '../extract/read-extract.ts';
import type { ChangeCounts } from './compare.ts';

export interface FileReport {
  name: string;
  kind: ExtractKind;
  rows: number;
  skipped: ExtractTally['skipped'];
  skippedCount: number;
}

/** What `hygie directory import --json` prints. */
export interface ImportReport {
  runId: string;
  /** The generation that is read after the run. */
  generation: number;
  status: 'applied' | 'planned' | 'unchanged';
  files: FileReport[];
  practitioners: ChangeCounts;
  roles: ChangeCounts;
  organizations: ChangeCounts;
  seconds: number;
  rowsPerSecond: number;
  peakMemoryMiB: number;
  warnings: ExtractTally['warnings'];
}

export interface ImportProgress {
  file: string;
  rows: number;
  /** 0 to 1. */
  part: number;
}

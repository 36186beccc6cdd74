import { on } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describeFileError } from './extract-error.ts';
import type { LineColumns } from './line-columns.ts';
import { createScanMerge } from './merge-scan.ts';
import type { Extract } from './open-extract.ts';
import type { Scan, ScanKeys } from './scan.ts';
import { type LineRange, scanRange } from './scan-range.ts';

/** A range smaller than this is not worth a thread. */
const rangeBytes = 8 * 1024 * 1024;

export interface ScanOptions {
  /** `part` from 0 to 1. */
  onProgress?: (progress: { rows: number; part: number }) => void;
  threads?: number;
}

const countThreads = ({ bytes }: Extract): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(bytes / rangeBytes)));

/** Scans a file by as many threads as there are processors. Throws `ExtractError` for one that cannot be read. */
export async function scanExtract(
  extract: Extract,
  keys: ScanKeys,
  { onProgress = () => {}, threads = countThreads(extract) }: ScanOptions = {},
): Promise<Scan> {
  const merge = createScanMerge(extract, keys);
  const ranges = await cutRanges(extract, threads);
  const blocks = ranges.map((range) => (ranges.length > 1 ? startThread(range) : scanRange(range)));
  try {
    for (const ofRange of blocks) {
      for await (const block of ofRange) {
        merge.add(block);
        onProgress({ rows: merge.tally.rows, part: merge.bytesRead() / extract.bytes });
      }
    }
  } catch (error) {
    throw describeFileError(error, extract.name);
  }
  return merge.end();
}

/** Ranges of about the same size, each of whole lines. */
async function cutRanges(
  { file, path, bodyStart, bytes, header, isUtf8File }: Extract,
  parts: number,
): Promise<LineRange[]> {
  const cuts = [bodyStart];
  for (let part = 1; part < parts; part++) {
    cuts.push(await findLineBegin(file, bodyStart + Math.floor(((bytes - bodyStart) * part) / parts)));
  }
  return cuts.map((from, part) => ({ path, header, isUtf8File, from, to: cuts[part + 1] ?? bytes }));
}

async function findLineBegin(file: FileHandle, near: number): Promise<number> {
  const buffer = Buffer.alloc(64 * 1024);
  for (let at = near - 1; ; at += buffer.length) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    const newline = buffer.subarray(0, bytesRead).indexOf(10);
    if (newline !== -1) return at + newline + 1;
    if (bytesRead < buffer.length) return at + bytesRead;
  }
}

/** Begins at once; its blocks wait for whoever reads them. */
function startThread(range: LineRange): AsyncIterable<LineColumns> {
  const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: range });
  const messages = on(worker, 'message') as AsyncIterable<[LineColumns | null]>;
  return (async function* () {
    for await (const [block] of messages) {
      if (block === null) return;
      yield block;
    }
  })();
}

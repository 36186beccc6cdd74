import { on } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { describeFileError, ExtractError } from './extract-error.ts';
import type { LineColumns } from './line-columns.ts';
import { createScanMerge } from './merge-scan.ts';
import type { Extract } from './open-extract.ts';
import type { Scan, ScanKeys } from './scan.ts';
import { type LineRange, scanRange } from './scan-range.ts';
import type { ScanAnswer } from './scan-worker.ts';

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
  { onProgress = () => {}, threads: count = countThreads(extract) }: ScanOptions = {},
): Promise<Scan> {
  const merge = createScanMerge(extract, keys);
  const ranges = await cutRanges(extract, count);
  await using threads = new AsyncDisposableStack();
  const begin = (range: LineRange) =>
    ranges.length > 1 ? threads.use(startThread(range)).blocks : scanRange(range);
  try {
    for (const ofRange of ranges.map(begin)) {
      for await (const block of ofRange) {
        merge.add(block);
        onProgress({ rows: merge.tally.rows, part: merge.bytesRead() / extract.bytes });
      }
    }
  } catch (error) {
    throw describeFileError(error, extract.title);
  }
  return merge.end();
}

/** Ranges of about the same size, each of whole lines. */
async function cutRanges(
  { file, descriptor, bodyStart, bytes, header, isUtf8File }: Extract,
  parts: number,
): Promise<LineRange[]> {
  const cuts = [bodyStart];
  for (let part = 1; part < parts; part++) {
    cuts.push(await findLineBegin(file, bodyStart + Math.floor(((bytes - bodyStart) * part) / parts)));
  }
  return cuts.map((from, part) => ({ descriptor, header, isUtf8File, from, to: cuts[part + 1] ?? bytes }));
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

/** Begins at once; its blocks wait for whoever reads them. Disposing of it ends it wherever it is. */
function startThread(range: LineRange): { blocks: AsyncIterable<LineColumns> } & AsyncDisposable {
  const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { workerData: range });
  const answers = on(worker, 'message') as AsyncIterable<[ScanAnswer]>;
  return {
    blocks: (async function* () {
      for await (const [answer] of answers) {
        if ('refused' in answer) throw new ExtractError(answer.refused);
        if (!('block' in answer)) return;
        yield answer.block;
      }
    })(),
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

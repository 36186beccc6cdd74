import { parentPort, workerData } from 'node:worker_threads';
import type { LineColumns } from './line-columns.ts';
import { type LineRange, scanRange } from './scan-range.ts';

/** A thread that scans one range of a file; blocks are handed over, not copied, and `null` ends them. */
for await (const block of scanRange(workerData as LineRange))
  parentPort?.postMessage(block, buffersOf(block));
parentPort?.postMessage(null);

function buffersOf({ start, length, verdict, line, owner, place }: LineColumns): ArrayBuffer[] {
  return [start, length, verdict, line, owner, place].map(({ buffer }) => buffer);
}

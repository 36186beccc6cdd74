import { parentPort, workerData } from 'node:worker_threads';
import { ExtractError } from './extract-error.ts';
import type { LineColumns } from './line-columns.ts';
import { type LineRange, scanRange } from './scan-range.ts';

/** What a thread answers: blocks, then how it ended. */
export type ScanAnswer = { block: LineColumns } | { end: true } | { refused: string };

/** A thread that scans one range of a file; blocks are handed over, not copied. */
try {
  for await (const block of scanRange(workerData as LineRange)) answer({ block }, buffersOf(block));
  answer({ end: true });
} catch (error) {
  if (!(error instanceof ExtractError)) throw error;
  answer({ refused: error.message });
}

function answer(message: ScanAnswer, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handedOver);
}

function buffersOf({ start, length, verdict, line, owner, place }: LineColumns): ArrayBuffer[] {
  return [start, length, verdict, line, owner, place].map(({ buffer }) => buffer);
}

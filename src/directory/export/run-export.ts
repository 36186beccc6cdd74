import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ExportRequest, ExportResult } from './export-request.ts';
import type { OnPart } from './write-export.ts';

export type ThreadMessage = { part: number } | { result: ExportResult };

interface Running {
  /** Ends the thread where it is; what it has written stays. */
  signal?: AbortSignal;
  onPart?: OnPart;
}

/** Writes an export in a thread of its own. Rejects where that fails or is aborted. */
export async function runExport(request: ExportRequest, running: Running = {}): Promise<ExportResult> {
  const { signal, onPart } = running;
  signal?.throwIfAborted();
  const thread = new Worker(new URL('./export-thread.ts', import.meta.url), { workerData: request });
  let result: ExportResult | undefined;
  thread.on('message', (message: ThreadMessage) => {
    if ('result' in message) result = message.result;
    else onPart?.(message.part);
  });
  const stop = () => void thread.terminate();
  signal?.addEventListener('abort', stop);
  try {
    await once(thread, 'exit');
    signal?.throwIfAborted();
    if (!result) throw new Error('the thread of an export ended before it was done');
    return result;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

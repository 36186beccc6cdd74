import { parentPort, workerData } from 'node:worker_threads';
import type { ExportRequest } from './export-request.ts';
import type { ThreadMessage } from './run-export.ts';
import { writeExport } from './write-export.ts';

/** A thread that writes one export: sign-ins go on beside it. */
const send = (message: ThreadMessage) => parentPort?.postMessage(message);

const messageMs = 500;
let saidAt = 0;

const result = await writeExport(workerData as ExportRequest, (part) => {
  if (Date.now() - saidAt < messageMs) return;
  saidAt = Date.now();
  send({ part });
});
send({ result });

// The limit that searches are measured against: one `node:http` server that has every answer in memory.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBench } from './measured-process.ts';

export interface MemoryTask {
  /** Bodies by path. */
  answers: Record<string, string>;
}

answerBench<MemoryTask, { url: string }>(async ({ answers }) => {
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/fhir+json;charset=UTF-8');
    res.end(answers[req.url ?? '']);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ready: { url: `http://localhost:${(server.address() as AddressInfo).port}` },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
});

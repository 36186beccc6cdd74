import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ending } from './databases.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface ServedFile {
  body: Buffer;
  etag?: string;
  lastModified?: string;
  /** Further headers of every answer that has the file. */
  headers?: Record<string, string>;
  /** Served beside it, as `.sha256`. */
  checksum?: string;
}

export interface FileServer {
  url: string;
  /** Serves it under this path from now on. */
  serve(path: string, file: ServedFile): void;
  /** Answers the next request for a file in this way, whatever is served. */
  next(...answers: Answer[]): void;
  /** Headers of the requests for files so far, oldest first. */
  requests: IncomingMessage['headers'][];
}

/** A server of files with ranges and validators (RFC 9110), which can be told to misbehave. */
export async function startFileServer(t: Ending): Promise<FileServer> {
  const files = new Map<string, ServedFile>();
  const waiting: Answer[] = [];
  const requests: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const beside = files.get(path.replace(/\.sha256$/, ''));
    if (path.endsWith('.sha256')) {
      response.writeHead(beside?.checksum ? 200 : 404).end(beside?.checksum);
      return;
    }
    requests.push(request.headers);
    const answer = waiting.shift();
    if (answer) answer(request, response);
    else if (beside) answerFile(beside, request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (path, file) => void files.set(path, file),
    next: (...answers) => void waiting.push(...answers),
    requests,
  };
}

export function answerFile(file: ServedFile, request: IncomingMessage, response: ServerResponse): void {
  const { body, etag, lastModified, headers = {} } = file;
  const all = {
    ...headers,
    ...(etag ? { etag } : {}),
    ...(lastModified ? { 'last-modified': lastModified } : {}),
  };
  const asked = request.headers;
  const isSame =
    (etag && asked['if-none-match'] === etag) ||
    (lastModified && asked['if-modified-since'] === lastModified);
  if (isSame) {
    response.writeHead(304, all).end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(asked.range ?? '')?.[1] ?? 0);
  if (from === 0 || ![etag, lastModified].includes(asked['if-range'] as string)) {
    response.writeHead(200, { ...all, 'content-length': body.length }).end(body);
  } else if (from >= body.length) {
    response.writeHead(416, all).end();
  } else {
    const range = { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
    response
      .writeHead(206, { ...all, ...range, 'content-length': body.length - from })
      .end(body.subarray(from));
  }
}

/** Sends so much of what it would send, and cuts the connection. */
export const cutAfter =
  (file: ServedFile, bytes: number): Answer =>
  (_, response) => {
    const { body, etag, lastModified } = file;
    response.writeHead(200, {
      'content-length': body.length,
      ...(etag ? { etag } : {}),
      ...(lastModified ? { 'last-modified': lastModified } : {}),
    });
    response.write(body.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };

export const answerStatus =
  (status: number): Answer =>
  (_, response) =>
    void response.writeHead(status).end();

export const sha256Of = (body: Buffer, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(body).digest(encoding);

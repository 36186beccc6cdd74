import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Context } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import { outcomes } from './outcome.ts';

export interface ExportFile {
  /** Where it is, compressed. */
  path: string;
  /** Bytes before they were compressed. */
  length: number;
  /** Tells the files of one export from those of another. */
  tag: string;
  name: string;
}

/** Where a range begins and ends, both included. */
interface ByteRange {
  start: number;
  end: number;
}

/**
 * Sends a file as it is kept to who accepts gzip, or else unpacked; in part where a range is asked for, so that a
 * download that broke off goes on (RFC 9110 section 14). The two have tags of their own: a range is of one of them.
 */
export async function sendExportFile(c: Context<AppEnv>, file: ExportFile): Promise<Response> {
  const packed = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(c.req.header('Accept-Encoding') ?? '');
  const size = packed ? await sizeOf(file) : file.length;
  const tag = `"${file.tag}-${file.name}${packed ? '-gzip' : ''}"`;
  const range = findRange(c, size, tag);
  const { start, end } = range ?? { start: 0, end: size - 1 };
  c.header('Content-Type', 'application/fhir+ndjson');
  c.header('Accept-Ranges', 'bytes');
  c.header('ETag', tag);
  c.header('Vary', 'Accept-Encoding');
  c.header('Content-Length', String(end - start + 1));
  if (packed) c.header('Content-Encoding', 'gzip');
  if (range) c.header('Content-Range', `bytes ${start}-${end}/${size}`);
  const body = packed ? createReadStream(file.path, { start, end }) : unpack(file, { start, end });
  return c.body(Readable.toWeb(body) as ReadableStream, range ? 206 : 200);
}

async function sizeOf({ path }: ExportFile): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    throw outcomes.unknownExport();
  }
}

/** One range; of several, or of another unit, the whole is sent, which RFC 9110 allows. */
function findRange(c: Context<AppEnv>, size: number, tag: string): ByteRange | undefined {
  const condition = c.req.header('If-Range');
  if (condition !== undefined && condition !== tag) return undefined;
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('Range')?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start <= end) return { start, end };
  c.header('Content-Range', `bytes */${size}`);
  throw outcomes.outsideFile();
}

/** What is before the range is unpacked too, and left out. */
function unpack({ path }: ExportFile, { start, end }: ByteRange): Readable {
  const source = createReadStream(path);
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked).on('close', () => source.destroy());
  return Readable.from(cut(unpacked, start, end));
}

async function* cut(chunks: AsyncIterable<Buffer>, start: number, end: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
    at += chunk.length;
    if (part.length > 0) yield part;
    if (at > end) return;
  }
}

import { open } from 'node:fs/promises';
import { type Checksum, readDigest } from './checksum.ts';
import type { DownloadRecord, DownloadStore, PartialDownload, Validators } from './download-store.ts';
import { PassingFailure, refuseFetch } from './fetch-error.ts';
import { readFileName } from './file-name.ts';

export interface TransferOptions {
  signal: AbortSignal;
  /** A server that sends nothing for so long is given up. */
  idleMs: number;
  onBytes(bytes: number, of: number | undefined): void;
}

/** A file that has come whole, in `store.part`. */
export interface Transferred extends Validators {
  name: string;
  digest: Checksum | undefined;
}

/** Statuses that a later try may not meet (RFC 9110, 15; RFC 6585; RFC 8470). */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * One try: goes on where an earlier one broke off, if the file is still the same. `unchanged` where it is the one that
 * came last time. Throws `PassingFailure`, or `ExtractError` where no later try would do better.
 */
export async function transfer(
  url: URL,
  store: DownloadStore,
  options: TransferOptions,
): Promise<Transferred | 'unchanged'> {
  const partial = await store.readPartial();
  const record = await store.readRecord();
  const idle = createIdleLimit(options);
  try {
    const headers = { 'accept-encoding': 'identity', ...conditionsOf(partial, record) };
    const response = await fetch(url, { headers, signal: idle.signal });
    if (response.status === 304 && record) return 'unchanged';
    const { from, total } = await judge(response, url, store, partial);
    await receive(response, store, { from, total, idle, options });
    return {
      name: readFileName(response.headers, url),
      digest: readDigest(response.headers),
      ...validatorsOf(response),
    };
  } catch (error) {
    options.signal.throwIfAborted();
    // `fetch` fails by a TypeError whatever breaks: the connection, its length, a name that is not found.
    if (error instanceof TypeError) throw new PassingFailure('the connection broke');
    throw idle.signal.aborted ? new PassingFailure('nothing came any more') : error;
  } finally {
    idle.end();
  }
}

type Conditions = Record<string, string>;

/** Range and If-Range for what has begun, or else If-None-Match and If-Modified-Since (RFC 9110, 13 and 14). */
function conditionsOf(partial: PartialDownload | undefined, record: DownloadRecord | undefined): Conditions {
  const validator = partial && strongValidator(partial);
  if (partial && validator && partial.bytes > 0)
    return { range: `bytes=${partial.bytes}-`, 'if-range': validator };
  if (record?.etag) return { 'if-none-match': record.etag };
  return record?.lastModified ? { 'if-modified-since': record.lastModified } : {};
}

/** A weak one does not promise the same bytes. */
const strongValidator = ({ etag, lastModified }: Validators): string | null =>
  etag && !etag.startsWith('W/') ? etag : lastModified;

function validatorsOf({ headers }: Response): Validators {
  return { etag: headers.get('etag'), lastModified: headers.get('last-modified') };
}

/** Where the body begins in the file, and how long the file is; makes room for one that begins anew. */
async function judge(
  response: Response,
  url: URL,
  store: DownloadStore,
  partial: PartialDownload | undefined,
): Promise<{ from: number; total: number | undefined }> {
  const { status, headers } = response;
  if (status === 200) {
    await store.beginPartial(validatorsOf(response));
    const isPlain = headers.get('content-encoding') === null && headers.has('content-length');
    return { from: 0, total: isPlain ? Number(headers.get('content-length')) : undefined };
  }
  await (status === 206 || response.body?.cancel());
  if (status === 206 && partial) return await judgePart(response, store, partial);
  if (status === 416 || status === 206) {
    await store.removePartial();
    throw new PassingFailure('it has no such part');
  }
  if (passing.has(status)) throw new PassingFailure(`it answers ${status}`, retryAfterMs(headers));
  throw refuseFetch(url, `it answers ${status}`);
}

/** The rest of another file, or another part, is of no use. */
async function judgePart(response: Response, store: DownloadStore, partial: PartialDownload) {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  const now = validatorsOf(response);
  const isOther = [now.etag && now.etag !== partial.etag, Number(from) !== partial.bytes].some(Boolean);
  if (!isOther) return { from: partial.bytes, total: Number(total) };
  await response.body?.cancel();
  await store.removePartial();
  throw new PassingFailure('the file changed meanwhile');
}

function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('retry-after'));
  return Number.isFinite(seconds) ? Math.min(seconds, 300) * 1000 : 0;
}

interface Receiving {
  from: number;
  total: number | undefined;
  idle: IdleLimit;
  options: TransferOptions;
}

async function receive(
  response: Response,
  store: DownloadStore,
  { from, total, idle, options }: Receiving,
): Promise<void> {
  await using file = await open(store.part, 'r+');
  let at = from;
  for await (const chunk of response.body ?? []) {
    idle.renew();
    await file.write(chunk, 0, chunk.length, at);
    at += chunk.length;
    options.onBytes(at, total);
  }
  if (total !== undefined && at !== total) throw new PassingFailure('it sent another length than it said');
}

/** Aborts once nothing has come for too long, or with the caller's signal. */
function createIdleLimit({ idleMs, signal }: TransferOptions) {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), idleMs);
  return {
    signal: AbortSignal.any([tooLong.signal, signal]),
    renew: () => timer.refresh(),
    end: () => clearTimeout(timer),
  };
}

type IdleLimit = ReturnType<typeof createIdleLimit>;

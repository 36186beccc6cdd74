import { setTimeout as wait } from 'node:timers/promises';
import { fetchChecksum, hashFile, type Verified } from './checksum.ts';
import { createDownloadStore, type DownloadStore } from './download-store.ts';
import { PassingFailure, refuseFetch } from './fetch-error.ts';
import { type TransferOptions, type Transferred, transfer } from './transfer.ts';

/** What is there of an address now. */
export interface FetchedExtract {
  url: string;
  /** Its path here. */
  file: string;
  /** `unchanged`: the file that came last time is still the newest. */
  status: 'fetched' | 'unchanged';
  bytes: number;
  /** How the file was checked now: `null` for one that is unchanged, and where the server offers nothing. */
  verified: Verified;
  seconds: number;
}

export interface FetchOptions {
  /** Where files are kept. */
  folder: string;
  signal?: AbortSignal;
  onBytes?: (bytes: number, of: number | undefined) => void;
  /** Waits between tries double from here to a minute; a second unless told. */
  firstDelayMs?: number;
  /** A minute unless told. */
  idleMs?: number;
}

/** Tries in a row that bring nothing further. */
const mostTries = 6;
const longestDelayMs = 60_000;

/**
 * Fetches one file, whole and checked where the server offers a checksum, or throws `ExtractError`. It goes on where
 * this or an earlier process broke off.
 */
export async function fetchExtract(url: URL, options: FetchOptions): Promise<FetchedExtract> {
  const started = performance.now();
  const store = createDownloadStore(options.folder, url);
  const reached = createReach();
  const given: TransferOptions = {
    signal: options.signal ?? new AbortController().signal,
    idleMs: options.idleMs ?? 60_000,
    onBytes(bytes, of) {
      reached.add(bytes);
      options.onBytes?.(bytes, of);
    },
  };
  for (let tries = 1; ; tries++) {
    try {
      const found = await attempt(url, store, given);
      return { url: url.href, ...found, seconds: Math.round(performance.now() - started) / 1000 };
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      if (reached.further()) tries = 1;
      if (tries >= mostTries) throw refuseFetch(url, `${error.message}, ${tries} times in a row`);
      const delayMs = Math.min(longestDelayMs, (options.firstDelayMs ?? 1000) * 2 ** (tries - 1));
      await wait(Math.max(delayMs, error.afterMs), undefined, { signal: given.signal });
    }
  }
}

/** A server that breaks off at the same byte for ever brings nothing further. */
function createReach() {
  let [furthest, before] = [0, 0];
  return {
    add(bytes: number): void {
      furthest = Math.max(furthest, bytes);
    },
    further(): boolean {
      const isFurther = furthest > before;
      before = furthest;
      return isFurther;
    },
  };
}

async function attempt(
  url: URL,
  store: DownloadStore,
  options: TransferOptions,
): Promise<Omit<FetchedExtract, 'url' | 'seconds'>> {
  const transferred = await transfer(url, store, options);
  if (transferred === 'unchanged') return await describeUnchanged(store);
  const verified = await verify(url, store, transferred, options.signal);
  const { name, bytes } = await store.complete(transferred);
  return { file: store.fileOf(name), status: 'fetched', bytes, verified };
}

async function describeUnchanged(store: DownloadStore) {
  const record = await store.readRecord();
  if (!record) throw new PassingFailure('the file of last time is gone');
  const { name, bytes } = record;
  return { file: store.fileOf(name), status: 'unchanged' as const, bytes, verified: null };
}

/** What is not what its checksum says is thrown away, and fetched anew. */
async function verify(
  url: URL,
  store: DownloadStore,
  { digest }: Transferred,
  signal: AbortSignal,
): Promise<Verified> {
  const expected = digest ?? (await askChecksum(url, signal));
  if (!expected) return null;
  if ((await hashFile(store.part)) === expected.sha256) return expected.by;
  await store.removePartial();
  throw new PassingFailure('the file is not what its checksum says');
}

async function askChecksum(url: URL, signal: AbortSignal) {
  try {
    return await fetchChecksum(url, signal);
  } catch {
    signal.throwIfAborted();
    throw new PassingFailure('the connection broke');
  }
}

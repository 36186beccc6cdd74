import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** How it is known that a file came as it was sent; null where the server says nothing of it. */
export type Verified = 'sha256-file' | 'digest' | null;

/** SHA-256 in hexadecimal, and who said it. */
export interface Checksum {
  sha256: string;
  by: 'sha256-file' | 'digest';
}

/** The whole file's, by `Repr-Digest` (RFC 9530, 3) or the older `Digest` (RFC 3230, 4.3.2). */
export function readDigest(headers: Headers): Checksum | undefined {
  const base64 = '([A-Za-z0-9+/]{43}=)';
  const modern = new RegExp(`(?:^|[,\\s])sha-256=:${base64}:`).exec(headers.get('repr-digest') ?? '');
  const older = new RegExp(`(?:^|[,\\s])sha-256=${base64}`, 'i').exec(headers.get('digest') ?? '');
  const found = modern?.[1] ?? older?.[1];
  return found ? { sha256: Buffer.from(found, 'base64').toString('hex'), by: 'digest' } : undefined;
}

/** What the file `.sha256` beside it says, as `sha256sum` writes it; `undefined` where there is none. */
export async function fetchChecksum(url: URL, signal: AbortSignal): Promise<Checksum | undefined> {
  const beside = new URL(url);
  beside.pathname += '.sha256';
  const response = await fetch(beside, { signal });
  const text = response.ok ? await response.text() : '';
  if (!response.ok) await response.body?.cancel();
  const sha256 = /^\s*([0-9a-f]{64})(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
  return sha256 ? { sha256, by: 'sha256-file' } : undefined;
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

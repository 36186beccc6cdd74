import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { ExtractError } from './extract-error.ts';

/** The publisher's files shrink to a tenth; DEFLATE cannot go beyond a thousandth. */
const largestRatio = 200;
/** Whatever unpacks to less does no harm. */
const harmlessBytes = 64 * 1024 * 1024;

/** Counts what comes out of an archive. Throws `ExtractError` where it is out of proportion to the archive. */
export function createBombGuard(packedBytes: number) {
  const most = Math.max(harmlessBytes, packedBytes * largestRatio);
  let unpacked = 0;
  return (bytes: number): void => {
    unpacked += bytes;
    if (unpacked > most)
      throw new ExtractError(`it unpacks to over ${largestRatio} times its size, as no extract does`);
  };
}

/** Writes what comes out of an archive into a file, and answers with its CRC-32 (ISO 3309). */
export async function writeUnpacked(
  chunks: AsyncIterable<Buffer>,
  file: FileHandle,
  count: (bytes: number) => void,
): Promise<number> {
  let sum = 0;
  for await (const chunk of chunks) {
    count(chunk.length);
    sum = crc32(chunk, sum);
    await file.writeFile(chunk);
  }
  return sum;
}

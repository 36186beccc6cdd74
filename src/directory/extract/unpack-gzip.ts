import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ExtractError } from './extract-error.ts';
import { createBombGuard, writeUnpacked } from './unpack-stream.ts';
import { createUnpackedFile, type Member, type Packed, type UnpackOptions } from './unpacked-file.ts';

const chunkBytes = 256 * 1024;

/** What the codes of node:zlib mean to whoever has the file. */
const faults: Record<string, string> = {
  Z_BUF_ERROR: 'it is cut off: its end is missing',
  Z_DATA_ERROR: 'it is damaged: it cannot be unpacked',
};

/** The one file that is in a `.gz`; its check sum is verified. */
export async function unpackGzip(
  { name, file: packed, bytes, modifiedAt }: Packed,
  { folder, report, onOpen }: UnpackOptions,
): Promise<Member[]> {
  const file = await createUnpackedFile(folder);
  onOpen(file);
  const guard = createBombGuard(bytes);
  let read = 0;
  const packedChunks = readChunks(packed, (count) => {
    read += count;
  });
  const count = (unpacked: number) => {
    guard(unpacked);
    report(read / bytes);
  };
  try {
    const gunzip = createGunzip({ chunkSize: chunkBytes });
    await pipeline(packedChunks, gunzip, (chunks: AsyncIterable<Buffer>) =>
      writeUnpacked(chunks, file, count),
    );
  } catch (error) {
    const fault = faults[(error as NodeJS.ErrnoException).code ?? ''];
    throw fault ? new ExtractError(fault) : error;
  }
  return [{ name: name.replace(/\.gz$/i, ''), file, modifiedAt }];
}

async function* readChunks(file: FileHandle, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    onRead(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}

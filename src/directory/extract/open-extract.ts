import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { decodeLine } from './decode-line.ts';
import { parseExtractDate } from './extract-date.ts';
import { describeFileError, ExtractError } from './extract-error.ts';
import { type ExtractHeader, parseExtractHeader } from './extract-kind.ts';
import type { SkipReason } from './row-rules.ts';

export type WarningReason = 'bad_check_digit';

/** What was read of one file. Lines are physical, 1 for the header. */
export interface ExtractTally {
  /** Lines that are neither the header nor blank. */
  rows: number;
  skipped: { line: number; reason: SkipReason }[];
  warnings: { line: number; reason: WarningReason }[];
}

/** A file that has been recognised and is open. */
export interface Extract {
  name: string;
  path: string;
  file: FileHandle;
  /** Of `file`: threads of the process read by it. */
  descriptor: number;
  header: ExtractHeader;
  /** Decided by the header line, which has accents in every kind. */
  isUtf8File: boolean;
  /** Instant in its name, else its modification time. */
  extractedAt: number;
  bytes: number;
  /** The byte at which the line after the header begins. */
  bodyStart: number;
}

const longestHeaderBytes = 64 * 1024;
const byteOrderMark = Buffer.from('\ufeff');

/** Opens a file and recognises it by its header. Throws `ExtractError` where it cannot be read or is none. */
export async function openExtract(path: string): Promise<Extract> {
  const name = basename(path);
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { mtimeMs, size } = await file.stat();
    const extractedAt = parseExtractDate(name) ?? Math.floor(mtimeMs);
    const { fd: descriptor } = file;
    return { name, path, file, descriptor, extractedAt, bytes: size, ...(await readHeader(file)) };
  } catch (error) {
    await file?.close();
    throw describeFileError(error, name);
  }
}

async function readHeader(file: FileHandle): Promise<Pick<Extract, 'header' | 'isUtf8File' | 'bodyStart'>> {
  const buffer = Buffer.alloc(longestHeaderBytes);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  if (bytesRead === 0) throw new ExtractError('it is empty');
  const newline = buffer.subarray(0, bytesRead).indexOf('\n');
  const end = newline === -1 ? bytesRead : newline;
  const start = buffer.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  const line = buffer.subarray(start, end);
  const isUtf8File = isUtf8(line);
  const text = decodeLine(line, isUtf8File) ?? '';
  return {
    header: parseExtractHeader(text.replace(/\r$/, '')),
    isUtf8File,
    bodyStart: Math.min(end + 1, bytesRead),
  };
}

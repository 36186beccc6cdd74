import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { decodeLine } from './decode-line.ts';
import { ExtractError } from './extract-error.ts';

const longestHeaderBytes = 64 * 1024;
const byteOrderMark = Buffer.from('\ufeff');
const utf16Marks = ['\xff\xfe', '\xfe\xff'];

export interface HeaderLine {
  text: string;
  /** Else the file is read as Windows-1252, which Latin-1 is a part of. */
  isUtf8File: boolean;
  /** The byte at which the next line begins. */
  bodyStart: number;
}

/** The first line of a file, which decides how it is encoded. Throws `ExtractError` where there is none. */
export async function readHeaderLine(file: FileHandle): Promise<HeaderLine> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHeaderBytes), 0, longestHeaderBytes, 0);
  const bytes = buffer.subarray(0, bytesRead);
  if (bytesRead === 0) throw new ExtractError('it is empty');
  refuseUtf16(bytes);
  const newline = bytes.indexOf('\n');
  const end = newline === -1 ? bytesRead : newline;
  const start = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  const line = bytes.subarray(start, end);
  const isUtf8File = isUtf8(line);
  const text = (decodeLine(line, isUtf8File) ?? '').replace(/\r$/, '');
  return { text, isUtf8File, bodyStart: Math.min(end + 1, bytesRead) };
}

function refuseUtf16(bytes: Buffer): void {
  if (utf16Marks.includes(bytes.toString('latin1', 0, 2)))
    throw new ExtractError('it is in UTF-16, and only UTF-8, Latin-1 and Windows-1252 are read');
}

import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { decodeLine } from './decode-line.ts';
import { ExtractError } from './extract-error.ts';

/** Small chunks keep the garbage in the young generation: half the memory and time of large ones. */
const chunkBytes = 64 * 1024;
const longestLineBytes = 1024 * 1024;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const [lineFeed, carriageReturn] = [10, 13];

/** One physical line, its end left out. */
export interface Line {
  /** 1 for the first line of the file. */
  number: number;
  /** `undefined` where the bytes are text in neither encoding. */
  text: string | undefined;
}

export interface LineBlock {
  lines: Line[];
  bytesRead: number;
}

/**
 * Streams a file as blocks of lines. The first line decides the encoding of the file: every header has accents. In a
 * UTF-8 file a line that is not valid UTF-8 is read as Windows-1252.
 */
export async function* readLines(file: FileHandle): AsyncGenerator<LineBlock> {
  const reader = createLineReader();
  let bytesRead = 0;
  for (;;) {
    const { buffer, bytesRead: count } = await file.read(
      Buffer.allocUnsafe(chunkBytes),
      0,
      chunkBytes,
      bytesRead,
    );
    if (count === 0) break;
    bytesRead += count;
    yield { lines: reader.push(buffer.subarray(0, count)), bytesRead };
  }
  yield { lines: reader.end(), bytesRead };
}

function createLineReader() {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let isUtf8File: boolean | undefined;

  function cut(bytes: Buffer, start: number, newline: number): Line {
    const end = newline > start && bytes[newline - 1] === carriageReturn ? newline - 1 : newline;
    const from =
      number === 0 && byteOrderMark.every((byte, index) => bytes[start + index] === byte) ? start + 3 : start;
    const line = bytes.subarray(from, end);
    isUtf8File ??= isUtf8(line);
    number++;
    return { number, text: decodeLine(line, isUtf8File) };
  }

  return {
    push(chunk: Buffer): Line[] {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const lines: Line[] = [];
      let start = 0;
      for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, start)) {
        lines.push(cut(bytes, start, at));
        start = at + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > longestLineBytes) throw new ExtractError(`its line ${number + 1} is over 1 MiB long`);
      return lines;
    },
    end(): Line[] {
      return rest.length > 0 ? [cut(rest, 0, rest.length)] : [];
    },
  };
}

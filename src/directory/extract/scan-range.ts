import { read } from 'node:fs';
import { promisify } from 'node:util';
import { ExtractError } from './extract-error.ts';
import type { ExtractHeader } from './extract-kind.ts';
import { createLineJudge } from './judge-line.ts';
import { createLineBlock, type LineColumns } from './line-columns.ts';

const chunkBytes = 256 * 1024;
const longestLineBytes = 1024 * 1024;
const [lineFeed, carriageReturn] = [10, 13];

/** Whole lines of a file: from byte `from` on to byte `to`, both at the begin of a line or the end of the file. */
export interface LineRange {
  /** Of the open file: threads share it. */
  descriptor: number;
  header: ExtractHeader;
  isUtf8File: boolean;
  from: number;
  to: number;
}

/** Reads and judges the lines of a range, in blocks. Throws `ExtractError` at a line over 1 MiB. */
export async function* scanRange(range: LineRange): AsyncGenerator<LineColumns> {
  const scanner = createScanner(range);
  for await (const chunk of readChunks(range)) {
    scanner.push(chunk);
    yield* scanner.takeFull();
  }
  scanner.end();
  yield* scanner.takeFull();
  yield scanner.rest();
}

const readAt = promisify(read);

async function* readChunks({ descriptor, from, to }: LineRange): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let at = from; at < to; ) {
    const { bytesRead } = await readAt(descriptor, buffer, 0, Math.min(chunkBytes, to - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function createScanner({ header, isUtf8File, from }: LineRange) {
  const judge = createLineJudge(header, isUtf8File);
  const full: LineColumns[] = [];
  let block = createLineBlock();
  /** The begin of a line whose end is not read yet. */
  let rest: Buffer = Buffer.alloc(0);
  let restAt = from;

  function add(bytes: Buffer, start: number, newline: number): void {
    const end = newline > start && bytes[newline - 1] === carriageReturn ? newline - 1 : newline;
    block.add(restAt + start, end - start, judge(bytes, start, end));
    if (!block.isFull()) return;
    full.push(block.columns);
    block = createLineBlock();
  }

  return {
    push(chunk: Buffer): void {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let start = 0;
      for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, start)) {
        add(bytes, start, at);
        start = at + 1;
      }
      restAt += start;
      // The chunk's bytes are overwritten by the next one.
      rest = Buffer.from(bytes.subarray(start));
      if (rest.length > longestLineBytes) throw new ExtractError('a line of it is over 1 MiB long');
    },
    end(): void {
      if (rest.length > 0) add(rest, 0, rest.length);
    },
    takeFull: (): LineColumns[] => full.splice(0),
    rest: (): LineColumns => block.columns,
  };
}

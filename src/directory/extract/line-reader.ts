import { readSync } from 'node:fs';
import { decodeLine } from './decode-line.ts';
import type { Extract } from './open-extract.ts';
import type { Scan } from './scan.ts';

const windowBytes = 256 * 1024;

/** Where the accepted lines of a file are. */
export interface LinePlaces extends Pick<Scan, 'start' | 'length'> {
  extract: Pick<Extract, 'descriptor' | 'isUtf8File'>;
}

/** Reads accepted lines again, mostly one after another: a window of the file stays in memory. */
export function createLineReader({ extract, start, length }: LinePlaces) {
  const { descriptor, isUtf8File } = extract;
  const window = Buffer.allocUnsafe(windowBytes);
  let [from, to] = [0, 0];

  function load(at: number, bytes: number): Buffer {
    if (at < from || at + bytes > to) {
      if (bytes > windowBytes) return readAt(descriptor, Buffer.allocUnsafe(bytes), at);
      from = at;
      to = at + readAt(descriptor, window, at).length;
    }
    return window.subarray(at - from, at - from + bytes);
  }

  /** The fields of an accepted line. */
  return (line: number): string[] => {
    const bytes = load(start[line] as number, length[line] as number);
    return (decodeLine(bytes, isUtf8File) ?? '').split('|');
  };
}

function readAt(descriptor: number, buffer: Buffer, position: number): Buffer {
  return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, position));
}

import type { Hash } from './hash.ts';
import { type Judged, type Verdict, verdicts } from './judge-line.ts';

/** Lines in one block: few enough to stay in the processor's cache, many enough to be worth a message. */
const blockLines = 1 << 14;

/** Lines one after another, as columns; hashes are two numbers a line. */
export interface LineColumns {
  count: number;
  /** Bytes from the begin of the file. */
  start: Float64Array<ArrayBuffer>;
  /** In bytes, the line's end left out. */
  length: Uint32Array<ArrayBuffer>;
  /** Index into `verdicts`. */
  verdict: Uint8Array<ArrayBuffer>;
  line: Uint32Array<ArrayBuffer>;
  owner: Uint32Array<ArrayBuffer>;
  /** 0, 0 where a line names no place. */
  place: Uint32Array<ArrayBuffer>;
}

const verdictNumbers = Object.fromEntries(verdicts.map((name, index) => [name, index])) as Record<
  Verdict,
  number
>;

/** Gathers judged lines into blocks. */
export function createLineBlock() {
  const columns: LineColumns = {
    count: 0,
    start: new Float64Array(blockLines),
    length: new Uint32Array(blockLines),
    verdict: new Uint8Array(blockLines),
    line: new Uint32Array(2 * blockLines),
    owner: new Uint32Array(2 * blockLines),
    place: new Uint32Array(2 * blockLines),
  };
  return {
    columns,
    isFull: () => columns.count === blockLines,
    add(start: number, length: number, { verdict, line, owner, place }: Judged): void {
      const at = columns.count++;
      columns.start[at] = start;
      columns.length[at] = length;
      columns.verdict[at] = verdictNumbers[verdict];
      putHash(columns.line, at, line);
      putHash(columns.owner, at, owner);
      if (place) putHash(columns.place, at, place);
    },
  };
}

function putHash(column: Uint32Array, at: number, { high, low }: Hash): void {
  column[2 * at] = high;
  column[2 * at + 1] = low;
}

export const verdictOf = ({ verdict }: LineColumns, at: number): Verdict =>
  verdicts[verdict[at] as number] as Verdict;

import { foldHash, type Hash } from './hash.ts';
import { KeyIndex } from './key-index.ts';
import { type LineColumns, verdictOf } from './line-columns.ts';
import type { Extract, ExtractTally } from './open-extract.ts';
import { nothing, type Scan, type ScanKeys } from './scan.ts';
import { tidyAfter } from './tidy-after.ts';

/** Puts the blocks of a file together in its order: finds duplicates, numbers owners and places, chains their lines. */
export function createScanMerge(extract: Extract, keys: ScanKeys) {
  const tally: ExtractTally = { rows: 0, skipped: [], warnings: [] };
  let earlier = new KeyIndex();
  const kept: LineColumns[] = [];
  let [physical, count, bytesRead] = [1, 0, 0];

  /** Counts a line by the rules of the import; false where it is left out. */
  function accept(block: LineColumns, at: number): boolean {
    const verdict = verdictOf(block, at);
    physical++;
    if (verdict === 'blank') return false;
    tally.rows++;
    if (verdict !== 'row' && verdict !== 'bad_check_digit') {
      tally.skipped.push({ line: physical, reason: verdict });
      return false;
    }
    const known = earlier.size;
    if (earlier.add(block.line[2 * at] as number, block.line[2 * at + 1] as number) < known) {
      tally.skipped.push({ line: physical, reason: 'duplicate_line' });
      return false;
    }
    if (verdict === 'bad_check_digit') tally.warnings.push({ line: physical, reason: verdict });
    return true;
  }

  return {
    tally,
    bytesRead: () => bytesRead,
    /** Takes the block over: its accepted lines are moved to its begin. */
    add(block: LineColumns): void {
      const last = block.count - 1;
      if (last >= 0) bytesRead = (block.start[last] as number) + (block.length[last] as number);
      let to = 0;
      for (let from = 0; from < block.count; from++) {
        if (accept(block, from)) moveLine(block, from, to++);
      }
      block.count = to;
      count += to;
      if (to > 0) kept.push(block);
    },
    end(): Scan {
      // As large as all that follows.
      earlier = new KeyIndex();
      tidyAfter(extract);
      return { extract, tally, count, ...layOut(kept, count, keys) };
    },
  };
}

function moveLine({ start, length, line, owner, place }: LineColumns, from: number, to: number): void {
  start[to] = start[from] as number;
  length[to] = length[from] as number;
  for (const column of [line, owner, place]) column.copyWithin(2 * to, 2 * from, 2 * from + 2);
}

type Layout = Omit<Scan, 'extract' | 'tally' | 'count'>;

/** Frees each block as its lines find their place. */
function layOut(blocks: LineColumns[], count: number, { owners, places }: ScanKeys): Layout {
  const start = new Float64Array(new SharedArrayBuffer(8 * count));
  const [length, place] = [sharedColumn(count), sharedColumn(count)];
  const owner = new Uint32Array(count);
  const lines = new Uint32Array(2 * count);
  let at = 0;
  for (let block = blocks.shift(); block; block = blocks.shift()) {
    start.set(block.start.subarray(0, block.count), at);
    length.set(block.length.subarray(0, block.count), at);
    lines.set(block.line.subarray(0, 2 * block.count), 2 * at);
    numberKeys(block.owner, block.count, owners, owner.subarray(at));
    numberKeys(block.place, block.count, places, place.subarray(at));
    at += block.count;
  }
  return {
    start,
    length,
    place,
    ...chainOwners(owner, lines, owners.size),
    ...endPlaces(place, lines, places.size),
  };
}

function numberKeys(hashes: Uint32Array, count: number, index: KeyIndex, numbers: Uint32Array): void {
  for (let at = 0; at < count; at++) {
    const [high, low] = [hashes[2 * at] as number, hashes[2 * at + 1] as number];
    numbers[at] = high === 0 && low === 0 ? nothing : index.add(high, low);
  }
}

function chainOwners(owner: Uint32Array, lines: Uint32Array, owners: number) {
  const next = sharedColumn(owner.length).fill(nothing);
  const firstLine = sharedColumn(owners).fill(nothing);
  const latest = new Uint32Array(owners).fill(nothing);
  const ownerDigest = new Uint32Array(2 * owners);
  for (let at = 0; at < owner.length; at++) {
    const number = owner[at] as number;
    const before = latest[number] as number;
    if (before === nothing) firstLine[number] = at;
    else next[before] = at;
    latest[number] = at;
    putHash(ownerDigest, number, foldHash(hashAt(ownerDigest, number), hashAt(lines, at)));
  }
  return { next, firstLine, ownerDigest };
}

function endPlaces(place: Uint32Array, lines: Uint32Array, places: number) {
  const lastLine = sharedColumn(places).fill(nothing);
  const placeDigest = new Uint32Array(2 * places);
  for (let at = 0; at < place.length; at++) {
    const number = place[at] as number;
    if (number === nothing) continue;
    lastLine[number] = at;
    putHash(placeDigest, number, hashAt(lines, at));
  }
  return { lastLine, placeDigest };
}

/** What the thread that reads people needs too. */
const sharedColumn = (count: number) => new Uint32Array(new SharedArrayBuffer(4 * count));

const hashAt = (column: Uint32Array, at: number): Hash => ({
  high: column[2 * at] as number,
  low: column[2 * at + 1] as number,
});

function putHash(column: Uint32Array, at: number, { high, low }: Hash): void {
  column[2 * at] = high;
  column[2 * at + 1] = low;
}

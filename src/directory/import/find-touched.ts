import type { Digests } from './import-state.ts';

/** Which numbers an import has to look at again. */
export interface Touched {
  /** Told of, and by other lines than before. */
  touched: Uint32Array;
  /** Told of before, and no longer. */
  vanished: Uint32Array;
}

/** Compares what the lines of each number are with what they were. */
export function findTouched(digests: Digests, previous: Digests): Touched {
  const numbers = Math.max(digests.length, previous.length) / 2;
  const touched = new Uint32Array(numbers);
  const vanished = new Uint32Array(previous.length / 2);
  let [touchedCount, vanishedCount] = [0, 0];
  for (let number = 0; number < numbers; number++) {
    const [is, was] = [isTold(digests, number), isTold(previous, number)];
    if (!is && was) vanished[vanishedCount++] = number;
    if (is && !(was && areSame(digests, previous, number))) touched[touchedCount++] = number;
  }
  return { touched: share(touched.subarray(0, touchedCount)), vanished: vanished.slice(0, vanishedCount) };
}

/** For the thread that reads people too. */
function share(numbers: Uint32Array): Uint32Array {
  const shared = new Uint32Array(new SharedArrayBuffer(numbers.byteLength));
  shared.set(numbers);
  return shared;
}

const isTold = (digests: Digests, number: number): boolean =>
  2 * number < digests.length && (digests[2 * number] !== 0 || digests[2 * number + 1] !== 0);

const areSame = (one: Digests, other: Digests, number: number): boolean =>
  one[2 * number] === other[2 * number] && one[2 * number + 1] === other[2 * number + 1];

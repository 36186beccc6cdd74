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
  const touched: number[] = [];
  const vanished: number[] = [];
  for (let number = 0; 2 * number < Math.max(digests.length, previous.length); number++) {
    const [is, was] = [isTold(digests, number), isTold(previous, number)];
    if (!is && was) vanished.push(number);
    if (is && !(was && areSame(digests, previous, number))) touched.push(number);
  }
  return { touched: Uint32Array.from(touched), vanished: Uint32Array.from(vanished) };
}

const isTold = (digests: Digests, number: number): boolean =>
  2 * number < digests.length && (digests[2 * number] !== 0 || digests[2 * number + 1] !== 0);

const areSame = (one: Digests, other: Digests, number: number): boolean =>
  one[2 * number] === other[2 * number] && one[2 * number + 1] === other[2 * number + 1];

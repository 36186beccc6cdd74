import { hashText } from '../extract/hash.ts';

/** A choice with how often it is taken beside the others of its list. */
export type Weighted<T> = readonly [weight: number, value: T];

/** A deterministic source: the same text gives the same sequence on every machine. */
export interface Random {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** True in that part of the cases (0 to 1). */
  chance(part: number): boolean;
  pick<T>(list: readonly T[]): T;
  weighted<T>(list: readonly Weighted<T>[]): T;
  /** That many digits. */
  digits(count: number): string;
}

/** `seed` names the sequence. Not for secrets. */
export function createRandom(seed: string): Random {
  const { high, low } = hashText(seed);
  const next = createSequence(high, low);

  const below = (limit: number): number => Math.floor(next() * limit);
  const weighted = <T>(list: readonly Weighted<T>[]): T => {
    let at = next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) {
      at -= weight;
      if (at < 0) return value;
    }
    return (list.at(-1) as Weighted<T>)[1];
  };
  return {
    below,
    chance: (part) => next() < part,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    weighted,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

/** sfc32 (Chris Doty-Humphrey, PractRand): numbers from 0 to 1, 1 left out. */
function createSequence(high: number, low: number): () => number {
  let [a, b, c, counter] = [high, low, high ^ low, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

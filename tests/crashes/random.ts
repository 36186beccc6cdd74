import { randomInt } from 'node:crypto';

/** The seed of this run: HYGIE_TEST_SEED repeats an earlier one. */
export const runSeed = Number(process.env.HYGIE_TEST_SEED) || randomInt(1, 2 ** 31);

export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** From 1 to `max`. */
  upTo(max: number): number;
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** The same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    upTo: (max) => 1 + Math.floor(next() * max),
    shuffle: (items) =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
}

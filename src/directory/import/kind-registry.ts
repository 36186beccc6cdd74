import { joinValues } from '../tuples.ts';

/** Numbers code tuples that many resources share: each is written once. */
export interface KindRegistry {
  /** Its number; a tuple not met before takes the next one. */
  numberOf(values: readonly string[]): number;
  /** All, with their numbers. */
  all(): NumberedKinds;
  /** Those that were not known, with their numbers. */
  added(): NumberedKinds;
}

export type NumberedKinds = readonly (readonly [number: number, values: readonly string[]])[];

/** `known` are the tuples that have a number already. */
export function createKindRegistry(known: NumberedKinds): KindRegistry {
  const numbers = new Map(known.map(([number, values]) => [joinValues(values), number]));
  const added: [number, readonly string[]][] = [];
  let last = Math.max(0, ...known.map(([number]) => number));
  return {
    numberOf(values) {
      const key = joinValues(values);
      const number = numbers.get(key);
      if (number !== undefined) return number;
      numbers.set(key, ++last);
      added.push([last, values]);
      return last;
    },
    all: () => [...known, ...added],
    added: () => added,
  };
}

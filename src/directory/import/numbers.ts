import type { KeyIndex } from '../extract/key-index.ts';
import { toHash } from '../technical-id.ts';

/** A generation numbers from 1 what a scan numbers from 0. */
export const numberOf = (index: number): number => index + 1;
export const indexOf = (n: number): number => n - 1;

export const idOf = (keys: KeyIndex, n: number): Uint8Array =>
  toHash(keys.high(indexOf(n)), keys.low(indexOf(n)));

const batchSize = 500;

export function* inBatches(indexes: Uint32Array): Generator<number[]> {
  for (let at = 0; at < indexes.length; at += batchSize) yield [...indexes.subarray(at, at + batchSize)];
}

/** A 64-bit hash in two halves: JavaScript has no cheap 64-bit integer. */
export interface Hash {
  high: number;
  low: number;
}

const highFactor = 0x9e3779b1;
const lowFactor = 0x85ebca77;

/**
 * Unkeyed hash of a text, for ids and change detection. Two texts of a full national extract share one with odds
 * under 1e-6; it does not resist somebody who crafts a collision, and need not: extracts come from the publisher.
 */
export function hashText(text: string): Hash {
  let high = 0x243f6a88;
  let low = 0x13198a2e;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(((high << 5) | (high >>> 27)) ^ unit, highFactor);
    low = Math.imul(((low << 13) | (low >>> 19)) ^ unit, lowFactor);
  }
  return finish(high, low, text.length);
}

/** The same over the bytes of a line. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): Hash {
  let high = 0x243f6a88;
  let low = 0x13198a2e;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    high = Math.imul(((high << 5) | (high >>> 27)) ^ byte, highFactor);
    low = Math.imul(((low << 13) | (low >>> 19)) ^ byte, lowFactor);
  }
  return finish(high, low, end - start);
}

/** Goes on from one hash by another; what comes of several depends on their order. */
export function foldHash(folded: Hash, next: Hash): Hash {
  const high = Math.imul(((folded.high << 5) | (folded.high >>> 27)) ^ next.high, highFactor);
  const low = Math.imul(((folded.low << 13) | (folded.low >>> 19)) ^ next.low, lowFactor);
  return finish(high, low, 1);
}

/** Spreads each input bit over all 64 (the finalizer of MurmurHash3, crossed between the halves). */
function finish(high: number, low: number, length: number): Hash {
  let first = high ^ length;
  let second = low ^ first;
  first = mix(first ^ second);
  second = mix(second ^ Math.imul(first, lowFactor));
  return { high: (first ^ Math.imul(second, highFactor)) >>> 0, low: second >>> 0 };
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

export function formatHash({ high, low }: Hash): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

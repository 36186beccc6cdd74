import { departments } from '../departments.ts';

/** By its position: what a generation keeps is one byte a place. A code that is added goes to the end. */
const codes = ['', ...departments.keys()];
const positions = new Map(codes.map((code, at) => [code, at]));

/** In which département each place is, by its number. */
export interface PlaceDepartments {
  /** Its code; '' for one that is not known, and for no place. */
  of(n: number | null): string;
  set(n: number, code: string): void;
  /** To be kept. */
  bytes(): Uint8Array;
}

export function createPlaceDepartments(kept: Uint8Array = new Uint8Array()): PlaceDepartments {
  let bytes = kept.slice();
  return {
    of: (n) => codes[bytes[n ?? 0] ?? 0] ?? '',
    set(n, code) {
      if (n >= bytes.length) bytes = grow(bytes, n);
      bytes[n] = positions.get(code) ?? 0;
    },
    bytes: () => bytes,
  };
}

function grow(bytes: Uint8Array, n: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.max(1024, n + 1, bytes.length * 2));
  grown.set(bytes);
  return grown;
}

const initialCapacity = 1 << 10;
/** Slots an entry: the fuller a table, the longer its chains. */
const slack = 2;

/**
 * Numbers 64-bit keys from 0 in the order in which they are first seen (open addressing in typed arrays): 16 bytes an
 * entry, where a `Map` takes over a hundred. Millions of rows pass through it in one import.
 */
export class KeyIndex {
  #size = 0;
  #keys = new Uint32Array(2 * initialCapacity);
  /** Number of the entry plus one; 0 is free. */
  #slots = new Uint32Array(slack * initialCapacity);

  get size(): number {
    return this.#size;
  }

  /** The number of a key; a key that was not known takes the next one, which was `size` before. */
  add(high: number, low: number): number {
    let slot = this.#slotOf(high, low);
    const known = this.#slots[slot] as number;
    if (known > 0) return known - 1;
    if (this.#size * slack >= this.#slots.length) {
      this.#grow();
      slot = this.#slotOf(high, low);
    }
    this.#keys[2 * this.#size] = high;
    this.#keys[2 * this.#size + 1] = low;
    this.#slots[slot] = ++this.#size;
    return this.#size - 1;
  }

  /** -1 where it is not known. */
  find(high: number, low: number): number {
    return (this.#slots[this.#slotOf(high, low)] as number) - 1;
  }

  high(number: number): number {
    return this.#keys[2 * number] as number;
  }

  low(number: number): number {
    return this.#keys[2 * number + 1] as number;
  }

  /** Both halves of each key, in the order of their numbers. */
  keys(): Uint32Array {
    return this.#keys.subarray(0, 2 * this.#size);
  }

  static of(keys: Uint32Array): KeyIndex {
    const index = new KeyIndex();
    for (let at = 0; at < keys.length; at += 2) index.add(keys[at] as number, keys[at + 1] as number);
    return index;
  }

  /** Where the key is, or the free slot where it belongs. */
  #slotOf(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (let entry = this.#slots[slot] as number; entry > 0; entry = this.#slots[slot] as number) {
      if (this.#keys[2 * entry - 2] === high && this.#keys[2 * entry - 1] === low) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const keys = new Uint32Array(2 * this.#keys.length);
    keys.set(this.#keys);
    this.#keys = keys;
    this.#slots = new Uint32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number++) {
      this.#slots[this.#slotOf(this.high(number), this.low(number))] = number + 1;
    }
  }
}

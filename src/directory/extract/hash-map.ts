import type { Hash } from './hash.ts';

const initialSlots = 1 << 12;

/**
 * Maps hashes to hashes in typed arrays (open addressing): 16 bytes an entry, where a `Map` of objects takes over
 * a hundred. Millions of rows pass through it in one import.
 */
export class HashMap {
  #slots = initialSlots;
  #size = 0;
  #keys = new Uint32Array(2 * initialSlots);
  #values = new Uint32Array(2 * initialSlots);

  /** Stores the value; false where the key already had this very value. */
  set(key: Hash, value: Hash): boolean {
    if (this.#size * 3 > this.#slots * 2) this.#grow();
    const high = key.high || 1;
    const slot = this.#slotOf(high, key.low);
    if (this.#keys[slot] === 0) {
      this.#size++;
    } else if (this.#values[slot] === value.high && this.#values[slot + 1] === value.low) {
      return false;
    }
    this.#put(slot, high, key.low, value.high, value.low);
    return true;
  }

  /** Where the key is, or the free slot where it belongs. The high half of a stored key is never 0. */
  #slotOf(high: number, low: number): number {
    let slot = (low & (this.#slots - 1)) * 2;
    while (this.#keys[slot] !== 0 && (this.#keys[slot] !== high || this.#keys[slot + 1] !== low)) {
      slot = (slot + 2) & (2 * this.#slots - 1);
    }
    return slot;
  }

  #put(slot: number, keyHigh: number, keyLow: number, valueHigh: number, valueLow: number): void {
    this.#keys[slot] = keyHigh;
    this.#keys[slot + 1] = keyLow;
    this.#values[slot] = valueHigh;
    this.#values[slot + 1] = valueLow;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#slots *= 2;
    this.#keys = new Uint32Array(2 * this.#slots);
    this.#values = new Uint32Array(2 * this.#slots);
    for (let from = 0; from < keys.length; from += 2) {
      const [high = 0, low = 0] = [keys[from], keys[from + 1]];
      if (high !== 0) this.#put(this.#slotOf(high, low), high, low, values[from] ?? 0, values[from + 1] ?? 0);
    }
  }
}

import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** `bytes` random bytes as lower-case base 32 (RFC 4648 letters, no padding): safe in URLs and host labels. */
export function randomLabel(bytes = 20): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of randomBytes(bytes)) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/** A new identifier such as `att_…`: the prefix tells a reader (and a stranger's log) what it names. */
export function newId<Prefix extends string>(prefix: Prefix): `${Prefix}_${string}` {
  return `${prefix}_${randomLabel()}`;
}

/**
 * Makes ids that sort as text in the order in which one process made them, even within a millisecond; a random label
 * tells processes apart.
 */
export function createOrderedIds(prefix: string): (at: number) => string {
  const label = randomLabel(10);
  let count = 0;
  return (at) =>
    `${prefix}_${at.toString(36).padStart(9, '0')}${(count++).toString(36).padStart(7, '0')}${label}`;
}

import { createHmac, timingSafeEqual } from 'node:crypto';

export type Macs = ReturnType<typeof createMacs>;

/**
 * Codes at rest, links and nonces: HMAC-SHA-256 under one key of the secrets, kept apart by their purpose. `key`:
 * 32 bytes, base64url.
 */
export function createMacs(key: string) {
  const secret = Buffer.from(key, 'base64url');
  const mac = (purpose: string, ...parts: readonly string[]): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, ...parts]))
      .digest('base64url');
  return {
    mac,
    /** In constant time. */
    matches: (given: string, purpose: string, ...parts: readonly string[]): boolean =>
      sameText(given, mac(purpose, ...parts)),
  };
}

/** Compares in constant time; texts of different lengths differ at once. */
export function sameText(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

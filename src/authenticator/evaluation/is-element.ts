import { ECDH } from 'node:crypto';

/**
 * Whether these bytes are a compressed element of the group (RFC 9497 section 4.3): on P-256, whose cofactor is 1,
 * every point of the curve but infinity, which has no compressed form. Checked before a try is counted.
 */
export function isElement(bytes: Uint8Array): boolean {
  if (bytes.length !== 33) return false;
  try {
    ECDH.convertKey(bytes, 'prime256v1', undefined, undefined, 'uncompressed');
    return true;
  } catch {
    return false;
  }
}

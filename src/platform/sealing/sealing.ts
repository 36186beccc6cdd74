import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** Sealed by another key, for another id, or changed since. */
export class UnsealingError extends Error {
  override name = 'UnsealingError';
}

/** Turns values into text that says nothing without the key, and that fits no other id. */
export interface Sealing {
  /** `value`: what JSON can hold. */
  seal(id: string, value: unknown): string;
  /** @throws UnsealingError */
  open(id: string, sealed: string): unknown;
}

/**
 * AES-256-GCM under a key of its own, derived from one of the secrets (32 bytes or more) for this purpose.
 */
export function createSealing(secret: Uint8Array, purpose: string): Sealing {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  return {
    seal(id, value) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
      const text = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(id, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const tagEnd = nonceBytes + tagBytes;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(id))
          .setAuthTag(bytes.subarray(nonceBytes, tagEnd));
        const text = Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]);
        return JSON.parse(text.toString());
      } catch {
        throw new UnsealingError('sealed by another key, or changed');
      }
    },
  };
}

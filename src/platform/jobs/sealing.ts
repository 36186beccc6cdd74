import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { FinalFailure } from './job-handler.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** Turns payloads into text that says nothing without the key, and that fits no other job. */
export interface Sealing {
  seal(jobId: string, payload: unknown): string;
  /** @throws FinalFailure when the key is another one, or the text was changed. */
  open(jobId: string, sealed: string): unknown;
}

/** AES-256-GCM under a key of its own, derived from one of the secrets (32 bytes or more). */
export function createSealing(secret: Uint8Array): Sealing {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'hygie job payload', 32));
  return {
    seal(jobId, payload) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(jobId));
      const text = Buffer.concat([cipher.update(JSON.stringify(payload)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(jobId, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const tagEnd = nonceBytes + tagBytes;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(jobId))
          .setAuthTag(bytes.subarray(nonceBytes, tagEnd));
        const text = Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]);
        return JSON.parse(text.toString());
      } catch {
        throw new FinalFailure('the payload cannot be opened with this key');
      }
    },
  };
}

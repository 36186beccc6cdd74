import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { p256_oprf } from '@noble/curves/nist.js';

/** A fresh OPRF key `k` (RFC 9497 section 3.2) and SHA-256 of `k·G`, which phones pin. */
export function createOprfKey(): { key: Uint8Array; fingerprint: string } {
  const { secretKey, publicKey } = p256_oprf.oprf.generateKeyPair();
  return { key: secretKey, fingerprint: createHash('sha256').update(publicKey).digest('base64url') };
}

/** What a key belongs to; part of what its box authenticates. */
export interface KeyOwner {
  credentialId: string;
  fingerprint: string;
}

export type KeyBoxes = ReturnType<typeof createKeyBoxes>;

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * `k` at rest: AES-256-GCM under the wrapping key, which never lies in the database or its backups; `wrappingKey`:
 * 32 bytes, base64url. A box holds only for its own credential and fingerprint.
 */
export function createKeyBoxes(wrappingKey: string) {
  const secret = Buffer.from(wrappingKey, 'base64url');
  return {
    seal(key: Uint8Array, owner: KeyOwner): string {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, secret, iv).setAAD(associated(owner));
      const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
      return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
    },

    /** `undefined` where the box is not the owner's, or not under this wrapping key. */
    open(box: string, owner: KeyOwner): Uint8Array | undefined {
      const bytes = Buffer.from(box, 'base64url');
      const iv = bytes.subarray(0, ivBytes);
      const decipher = createDecipheriv(algorithm, secret, iv, { authTagLength: tagBytes })
        .setAAD(associated(owner))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

const associated = ({ credentialId, fingerprint }: KeyOwner): Buffer =>
  Buffer.from(`${credentialId}\n${fingerprint}`);

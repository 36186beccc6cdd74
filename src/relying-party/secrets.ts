import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** 256 random bits, safe in a cookie and in a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in place of a secret: enough to recognise it, useless to present. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/**
 * A further secret out of a browser's own, such as its PKCE verifier: 43 characters, the least that RFC 7636
 * section 4.1 allows. So the row of a login holds nothing that a reader of the database could use.
 */
export function deriveSecret(secret: string, purpose: 'code_verifier' | 'nonce'): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** A text that only the browser with this secret brings back: whoever reads its row cannot. Base64url. */
export function sealWith(secret: string, text: string): string {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, sealingKey(secret), iv);
  const sealed = Buffer.concat([iv, sealing.update(text), sealing.final(), sealing.getAuthTag()]);
  return sealed.toString('base64url');
}

/** `undefined` for what this secret did not seal. */
export function openWith(secret: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const opening = createDecipheriv(cipher, sealingKey(secret), bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    }).setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([opening.update(bytes.subarray(ivBytes, -tagBytes)), opening.final()]).toString();
  } catch {
    return undefined;
  }
}

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'hygie session', 32));

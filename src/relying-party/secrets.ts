import { createHash, createHmac, randomBytes } from 'node:crypto';

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

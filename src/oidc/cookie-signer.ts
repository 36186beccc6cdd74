import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** What the library's cookies ask of their keys (keygrip's interface). */
export interface CookieSigner {
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
  /** Which key signed; -1 for none. A cookie of an older key is signed anew. */
  index(text: string, signature: string): number;
}

/** HMAC-SHA-256; the first key signs, all verify. keygrip's own is SHA-1, and takes three HMACs to compare one. */
export function createCookieSigner(keys: readonly string[]): CookieSigner {
  const secrets = keys.map((key) => createSecretKey(Buffer.from(key)));
  const signatures = secrets.map((key) => (text: string) => createHmac('sha256', key).update(text).digest());
  const [first] = signatures;
  if (!first) throw new Error('cookieKeys: at least one key is needed.');
  const index = (text: string, signature: string) => {
    const given = Buffer.from(signature, 'base64url');
    return signatures.findIndex((sign) => given.length === 32 && timingSafeEqual(given, sign(text)));
  };
  return {
    sign: (text) => first(text).toString('base64url'),
    verify: (text, signature) => index(text, signature) >= 0,
    index,
  };
}

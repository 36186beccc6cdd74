import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { JWK } from 'jose';

/** Signs and verifies our own tokens: JWS compact serialization (RFC 7515 section 7.1), RS256 as PSC's. */
export interface TokenSigner {
  sign(payload: Record<string, unknown>): string;
  /** The payload where the signature is one of ours; expiry is not judged. */
  verify(token: string): Record<string, unknown> | undefined;
}

/**
 * The first key signs, all verify. `node:crypto` with the `KeyObject` itself: the synchronous way costs a third of
 * WebCrypto's (performance.md 6).
 */
export function createTokenSigner(keys: readonly JWK[]): TokenSigner {
  const [first] = keys;
  if (!first?.kid) throw new Error('signingKeys: at least one key with a kid is needed.');
  const privateKey = createPrivateKey({ key: first, format: 'jwk' });
  const publicKeys = new Map(keys.map((key) => [key.kid, publicKeyOf(key)]));
  const header = encode({ alg: 'RS256', typ: 'JWT', kid: first.kid });
  return {
    sign(payload) {
      const content = `${header}.${encode(payload)}`;
      const signature = sign('RSA-SHA256', Buffer.from(content), privateKey);
      return `${content}.${signature.toString('base64url')}`;
    },
    verify(token) {
      const [head, body, signature, ...rest] = token.split('.');
      if (!head || !body || !signature || rest.length > 0) return undefined;
      const { alg, kid } = decode(head) ?? {};
      const key = alg === 'RS256' ? publicKeys.get(String(kid)) : undefined;
      const content = Buffer.from(`${head}.${body}`);
      return key && verify('RSA-SHA256', content, key, Buffer.from(signature, 'base64url'))
        ? decode(body)
        : undefined;
    },
  };
}

function publicKeyOf(key: JWK): KeyObject {
  return createPublicKey(createPrivateKey({ key, format: 'jwk' }));
}

function encode(value: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

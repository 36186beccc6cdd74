import {
  constants,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  type SignKeyObjectInput,
  sign,
  verify,
} from 'node:crypto';
import type { SigningAlgorithm } from './keys/create-key.ts';
import type { KeyRing, RingKey } from './keys/key-ring.ts';

/** Signs and verifies our own tokens: JWS compact serialization (RFC 7515 section 7.1), RS256 as PSC's unless told. */
export interface TokenSigner {
  sign(payload: Record<string, unknown>, alg?: SigningAlgorithm): string;
  /** The payload where the signature is one of ours; expiry is not judged. */
  verify(token: string): Record<string, unknown> | undefined;
}

interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** What `node:crypto` has to be told of each algorithm (RFC 7518 section 3, RFC 8037 section 3.1). */
const digests = { RS256: 'sha256', PS256: 'sha256', ES256: 'sha256', EdDSA: null } as const;
const parameters: Record<SigningAlgorithm, Omit<SignKeyObjectInput, 'key'>> = {
  RS256: {},
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  ES256: { dsaEncoding: 'ieee-p1363' },
  EdDSA: {},
};

/**
 * The ring's first key of an algorithm signs, all verify. `node:crypto` with the `KeyObject` itself: the synchronous
 * way costs a third of WebCrypto's (performance.md 6).
 */
export function createTokenSigner(ring: Pick<KeyRing, 'keys'>): TokenSigner {
  const pairs = new WeakMap<RingKey, KeyPair>();
  const pairOf = (key: RingKey): KeyPair => {
    const pair = pairs.get(key) ?? readPair(key);
    pairs.set(key, pair);
    return pair;
  };
  const signedHere = createSignedHere();
  return {
    sign(payload, alg = 'RS256') {
      const key = ring.keys().find((each) => each.alg === alg);
      if (!key) throw new Error(`No key signs with ${alg}.`);
      const content = `${encode({ alg, typ: 'JWT', kid: key.kid })}.${encode(payload)}`;
      const signing = { key: pairOf(key).privateKey, ...parameters[alg] };
      const token = `${content}.${sign(digests[alg], Buffer.from(content), signing).toString('base64url')}`;
      signedHere.add(token);
      return token;
    },
    verify(token) {
      const [head, body, signature, ...rest] = token.split('.');
      if (!head || !body || !signature || rest.length > 0) return undefined;
      const { alg, kid } = decode(head) ?? {};
      const key = ring.keys().find((each) => each.kid === kid && each.alg === alg);
      if (!key || !isKnown(alg)) return undefined;
      if (signedHere.has(token)) return decode(body);
      const verifying = { key: pairOf(key).publicKey, ...parameters[alg] };
      const content = Buffer.from(`${head}.${body}`);
      return verify(digests[alg], content, verifying, Buffer.from(signature, 'base64url'))
        ? decode(body)
        : undefined;
    },
  };
}

/** Tokens remembered as signed here: some seconds of a busy process. */
const remembered = 4_096;

/** A signature that was made here a moment ago need not be verified: which tokens these are, by their hashes. */
function createSignedHere() {
  let recent = new Set<string>();
  let older = new Set<string>();
  return {
    add(token: string): void {
      if (recent.size >= remembered / 2) [older, recent] = [recent, new Set()];
      recent.add(hash('sha256', token, 'base64url'));
    },
    has(token: string): boolean {
      const known = hash('sha256', token, 'base64url');
      return recent.has(known) || older.has(known);
    },
  };
}

const isKnown = (alg: unknown): alg is SigningAlgorithm => typeof alg === 'string' && alg in digests;

function readPair(key: RingKey): KeyPair {
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
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

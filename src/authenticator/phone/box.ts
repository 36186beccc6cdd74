import type { NumberView, PublicKeyJwk } from '../wire.ts';
import { fromBase64Url, toBase64Url, utf8 } from './base64url.ts';
import { exportPublicKey, thumbprintOf } from './device-key.ts';

/**
 * PBKDF2-SHA-256 between the OPRF and the box: what an attacker who holds the phone, the database and the secrets
 * pays for each guess. Under 500 ms on a phone.
 */
export const stretchIterations = 310_000;

const boxLabel = 'hygie e-CPS box v1';
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };

/** What the phone keeps of one credential, as JSON: without the password and the server it opens nothing. */
export interface StoredCredential {
  id: string;
  nationalId: NumberView;
  givenName: string;
  familyName: string;
  /** Thumbprint of the K_dev that it was made with. */
  deviceThumbprint: string;
  /** SHA-256 of k·G, pinned at the enrolment. */
  fingerprint: string;
  authPublicKey: PublicKeyJwk;
  /** SPKI of K_auth, part of what the box authenticates. */
  authSpki: string;
  salt: string;
  iterations: number;
  iv: string;
  /** K_auth (PKCS #8) under AES-256-GCM. */
  box: string;
}

/** The box did not open: the password is another one. */
export class WrongPassword extends Error {
  override name = 'WrongPassword';
}

/** K_auth, while it is out of its box. */
export interface AuthKey {
  publicKey: PublicKeyJwk;
  thumbprint: string;
  spki: string;
  /** Extractable only in order to be put into a box. */
  privateKey: CryptoKey;
}

export async function createAuthKey(): Promise<AuthKey> {
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const publicKey = await exportPublicKey(pair.publicKey);
  const spki = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)));
  return { publicKey, spki, thumbprint: await thumbprintOf(publicKey), privateKey: pair.privateKey };
}

export type Sealed = Pick<StoredCredential, 'salt' | 'iterations' | 'iv' | 'box'>;
type Bound = Pick<StoredCredential, 'id' | 'deviceThumbprint' | 'authSpki'>;

/** Puts K_auth into a box that `rwd` opens, with a salt and an IV of its own. */
export async function sealBox(
  authKey: CryptoKey,
  rwd: Uint8Array<ArrayBuffer>,
  bound: Bound,
  iterations = stretchIterations,
): Promise<Sealed> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await deriveBoxKey(rwd, { salt, iterations, bound, usage: 'encrypt' });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', authKey);
  const box = await crypto.subtle.encrypt(cipher(iv, bound), key, pkcs8);
  return {
    salt: toBase64Url(salt),
    iterations,
    iv: toBase64Url(iv),
    box: toBase64Url(new Uint8Array(box)),
  };
}

/** Throws `WrongPassword` where the tag is not right. `extractable` in order to seal it anew. */
export async function openBox(
  credential: StoredCredential,
  rwd: Uint8Array<ArrayBuffer>,
  { extractable = false } = {},
): Promise<CryptoKey> {
  const salt = fromBase64Url(credential.salt);
  const { iterations } = credential;
  const key = await deriveBoxKey(rwd, { salt, iterations, bound: credential, usage: 'decrypt' });
  const pkcs8 = await decrypt(credential, key);
  return crypto.subtle.importKey('pkcs8', pkcs8, ecdsa, extractable, ['sign']);
}

async function decrypt(credential: StoredCredential, key: CryptoKey): Promise<ArrayBuffer> {
  const [iv, box] = [fromBase64Url(credential.iv), fromBase64Url(credential.box)];
  try {
    return await crypto.subtle.decrypt(cipher(iv, credential), key, box);
  } catch {
    throw new WrongPassword('The box did not open.');
  }
}

const cipher = (iv: Uint8Array<ArrayBuffer>, { id, authSpki }: Bound) => ({
  name: 'AES-GCM',
  iv,
  additionalData: utf8([id, authSpki].join('\n')),
});

interface Derivation {
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  bound: Bound;
  usage: 'encrypt' | 'decrypt';
}

async function deriveBoxKey(
  rwd: Uint8Array<ArrayBuffer>,
  { salt, iterations, bound, usage }: Derivation,
): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', rwd, 'PBKDF2', false, ['deriveBits']);
  const stretching = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const stretched = await crypto.subtle.deriveBits(stretching, secret, 256);
  const material = await crypto.subtle.importKey('raw', stretched, 'HKDF', false, ['deriveKey']);
  const info = utf8([boxLabel, bound.id, bound.deviceThumbprint].join('\n'));
  const expansion = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(expansion, material, { name: 'AES-GCM', length: 256 }, false, [usage]);
}

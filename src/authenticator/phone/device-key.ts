import type { PublicKeyJwk } from '../wire.ts';
import { sha256, toBase64Url, utf8 } from './base64url.ts';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };

/** K_dev: made before anything is mailed. The private half never leaves WebCrypto; IndexedDB stores it as it is. */
export interface DeviceKey {
  publicKey: PublicKeyJwk;
  thumbprint: string;
  privateKey: CryptoKey;
}

export async function createDeviceKey(): Promise<DeviceKey> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']);
  return deviceKey(await exportPublicKey(publicKey), privateKey);
}

/** The key that a sandbox made for a persona's phone; from here on it cannot be read either. */
export async function importDeviceKey(handed: {
  publicKey: PublicKeyJwk;
  privateKey: JsonWebKey;
}): Promise<DeviceKey> {
  const privateKey = await crypto.subtle.importKey('jwk', handed.privateKey, ecdsa, false, ['sign']);
  return deviceKey(handed.publicKey, privateKey);
}

async function deviceKey(publicKey: PublicKeyJwk, privateKey: CryptoKey): Promise<DeviceKey> {
  return { publicKey, privateKey, thumbprint: await thumbprintOf(publicKey) };
}

/** RFC 7638 section 3: SHA-256 over the required members in lexicographic order. */
export async function thumbprintOf({ crv, kty, x, y }: PublicKeyJwk): Promise<string> {
  return toBase64Url(await sha256(utf8(JSON.stringify({ crv, kty, x, y }))));
}

export async function exportPublicKey(key: CryptoKey): Promise<PublicKeyJwk> {
  const { x, y } = await crypto.subtle.exportKey('jwk', key);
  if (x === undefined || y === undefined) throw new TypeError('not a public key on P-256');
  return { kty: 'EC', crv: 'P-256', x, y };
}

import { exportJWK, generateKeyPair } from 'jose';
import type { HandedCredential } from '#authenticator';

/** A K_dev that can be kept as a row: a real phone's never leaves it. */
export async function createDevice(): Promise<HandedCredential['device']> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { x = '', y = '', d = '' } = await exportJWK(privateKey);
  const publicKey = { kty: 'EC', crv: 'P-256', x, y } as const;
  return { publicKey, privateKey: { ...publicKey, d } };
}

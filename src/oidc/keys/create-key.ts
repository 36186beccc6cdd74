import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { SigningKey } from './key-store.ts';

/** What tokens can be signed with: RS256 as Pro Santé Connect's; the others are for clients that ask. */
export const signingAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** RSA keys have 2048 bits. */
export async function createKey(alg: SigningAlgorithm): Promise<SigningKey['jwk']> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const kid = randomBytes(24).toString('base64url');
  return { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' };
}

import { generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';

/** Keys that sign nothing: the library lets metadata ask for an algorithm where it has a key for it. */
export function createSampleKeys(): JWK[] {
  const pairs = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ed25519'),
  ];
  return pairs.map(({ privateKey }, at) => ({
    ...(privateKey.export({ format: 'jwk' }) as JWK),
    kid: `sample-${at}`,
    use: 'sig',
  }));
}

import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { p256_oprf } from '@noble/curves/nist.js';
import { round } from './median.ts';

const operations = 200;

/**
 * What no server can leave out of an approval: one OPRF evaluation, by the audited library, and two ES256 verifications
 * (call and approval).
 */
export function measureFloor(): { operationsPerSecond: number; cpuMsPerOperation: number } {
  const { oprf } = p256_oprf;
  const { secretKey } = oprf.generateKeyPair();
  const { blinded } = oprf.blind(Buffer.from('a password'));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const data = Buffer.alloc(460, 'a');
  const signature = sign('sha256', data, privateKey);
  const once = () => {
    oprf.blindEvaluate(secretKey, blinded);
    return verify('sha256', data, publicKey, signature) && verify('sha256', data, publicKey, signature);
  };
  for (let i = 0; i < operations; i++) once();
  const before = process.cpuUsage();
  const startedAt = performance.now();
  for (let i = 0; i < operations; i++) once();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    operationsPerSecond: round(operations / seconds, 1),
    cpuMsPerOperation: round((user + system) / 1000 / operations, 3),
  };
}

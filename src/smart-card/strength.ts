import { type Certificate, ECPublicKey, RSAPublicKey, RSASSAPSSParams } from 'pkijs';

/** What can be forged or factored today proves nothing: SHA-2 only (RFC 9155), RSA from 2048 bits (RGS B1), NIST curves. */
const leastModulusBits = 2048;

const rsaPss = '1.2.840.113549.1.1.10';

const strongSignatures = new Set([
  '1.2.840.113549.1.1.11', // RSA with SHA-256, 384, 512
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2', // ECDSA with SHA-256, 384, 512
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]);

const strongHashes = new Set(['2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3']);
const strongCurves = new Set(['P-256', 'P-384', 'P-521']);

/** RSASSA-PSS tells its hash in its parameters, which mean SHA-1 where they are left out (RFC 4055, 3.1). */
export function isStronglySigned({ signatureAlgorithm }: Certificate): boolean {
  const { algorithmId, algorithmParams } = signatureAlgorithm;
  if (algorithmId !== rsaPss) return strongSignatures.has(algorithmId);
  const { hashAlgorithm } = new RSASSAPSSParams({ schema: algorithmParams });
  return strongHashes.has(hashAlgorithm.algorithmId);
}

export function hasStrongKey({ subjectPublicKeyInfo }: Certificate): boolean {
  const { parsedKey } = subjectPublicKeyInfo;
  if (parsedKey instanceof ECPublicKey) return strongCurves.has(parsedKey.namedCurve);
  return parsedKey instanceof RSAPublicKey && modulusBits(parsedKey) >= leastModulusBits;
}

function modulusBits({ modulus }: RSAPublicKey): number {
  const bytes = modulus.valueBlock.valueHexView;
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

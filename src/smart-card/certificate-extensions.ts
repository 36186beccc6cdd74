import { BitString } from 'asn1js';
import { BasicConstraints, type Certificate, ExtKeyUsage, NameConstraints } from 'pkijs';

/** Positions of KeyUsage (RFC 5280, 4.2.1.3), from the first bit. */
const positions = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 } as const;

/** False too where the certificate says nothing about its usage. */
export function mayUseKeyFor(certificate: Certificate, usage: keyof typeof positions): boolean {
  const value = extensionValue(certificate, '2.5.29.15');
  if (!(value instanceof BitString)) return false;
  return ((value.valueBlock.valueHexView[0] ?? 0) & (0x80 >> positions[usage])) !== 0;
}

const clientAuth = '1.3.6.1.5.5.7.3.2';

export function isForClientAuthentication(certificate: Certificate): boolean {
  const value = extensionValue(certificate, '2.5.29.37');
  return value instanceof ExtKeyUsage && value.keyPurposes.includes(clientAuth);
}

export function isAuthority(certificate: Certificate): boolean {
  const value = extensionValue(certificate, '2.5.29.19');
  return value instanceof BasicConstraints && value.cA;
}

/** How many authorities may stand below this one (RFC 5280, 4.2.1.9). */
export function pathLengthOf(certificate: Certificate): number {
  const value = extensionValue(certificate, '2.5.29.19');
  const length = value instanceof BasicConstraints ? value.pathLenConstraint : undefined;
  return length === undefined ? Number.POSITIVE_INFINITY : Number(length);
}

export function nameConstraintsOf(certificate: Certificate): NameConstraints | undefined {
  const value = extensionValue(certificate, '2.5.29.30');
  return value instanceof NameConstraints ? value : undefined;
}

/** What a verifier that meets another one marked critical must not accept (RFC 5280, 4.2). */
const understood = new Set([
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.32',
  '2.5.29.36',
  '2.5.29.37',
]);

export const isFullyUnderstood = ({ extensions = [] }: Certificate): boolean =>
  extensions.every(({ critical, extnID }) => !critical || understood.has(extnID));

const extensionValue = ({ extensions }: Certificate, id: string): unknown =>
  extensions?.find(({ extnID }) => extnID === id)?.parsedValue;

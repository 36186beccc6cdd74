import { X509Certificate } from 'node:crypto';
import { Certificate, CertificateChainValidationEngine } from 'pkijs';
import { isFullyUnderstood, nameConstraintsOf, pathLengthOf } from './certificate-extensions.ts';
import { hasStrongKey, isStronglySigned } from './strength.ts';

/** The authorities that may issue cards. Intermediates come from here only, never from what a client sends. */
export interface Trust {
  roots: readonly Certificate[];
  intermediates: readonly Certificate[];
}

/** `undefined` where the bytes are no certificate. */
export function parseCertificate(der: Uint8Array<ArrayBuffer>): Certificate | undefined {
  try {
    return Certificate.fromBER(der);
  } catch {
    return undefined;
  }
}

/** Reads PEM texts, each of which may hold several certificates; throws on one that cannot be read. */
export function parseTrust(pem: { roots: readonly string[]; intermediates: readonly string[] }): Trust {
  return { roots: pem.roots.flatMap(parsePem), intermediates: pem.intermediates.flatMap(parsePem) };
}

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const parsePem = (text: string): Certificate[] =>
  (text.match(pemBlock) ?? []).map((block) => Certificate.fromBER(new X509Certificate(block).raw));

/**
 * The path from the card to a trusted root, card first, or `undefined`. Signatures, name chaining, authority
 * flags, name constraints and policies are the library's work (RFC 5280, 6.1); the rules that it leaves out follow.
 *
 * The path is judged at the instant of the card's own validity that is nearest to `now`, so that a card that
 * has run out is still known as ours; its dates are a check of their own.
 */
export async function findTrustedPath(
  card: Certificate,
  trust: Trust,
  now: number,
): Promise<Certificate[] | undefined> {
  const checkDate = new Date(
    Math.min(Math.max(now, card.notBefore.value.getTime()), card.notAfter.value.getTime()),
  );
  const rules = [isSignedStrongly, hasStrongKey, isFullyUnderstood, leavesRoom];
  for (const root of trust.roots) {
    const path = await findPath(card, root, trust.intermediates, checkDate);
    if (path && rules.every((rule) => path.every(rule))) return path;
  }
  return undefined;
}

/** The library begins below the root, whose own name constraints hold too (RFC 5937, 3.2). */
async function findPath(
  card: Certificate,
  root: Certificate,
  intermediates: readonly Certificate[],
  checkDate: Date,
) {
  const engine = new CertificateChainValidationEngine({
    trustedCerts: [root],
    certs: [...intermediates, card],
    checkDate,
  });
  const { permittedSubtrees = [], excludedSubtrees = [] } = nameConstraintsOf(root) ?? {};
  const { result, certificatePath } = await engine.verify({
    initialPermittedSubtreesSet: permittedSubtrees,
    initialExcludedSubtreesSet: excludedSubtrees,
  });
  return result ? certificatePath : undefined;
}

/** A root is trusted as it is: nothing hangs on its own signature. */
const isSignedStrongly = (certificate: Certificate, position: number, path: Certificate[]): boolean =>
  position === path.length - 1 || isStronglySigned(certificate);

const leavesRoom = (authority: Certificate, position: number): boolean =>
  position - 1 <= pathLengthOf(authority);

import type { Certificate, CertificateRevocationList } from 'pkijs';
import { mayUseKeyFor } from './certificate-extensions.ts';
import { formatSerial, type RevocationList, readRevocationList } from './read-revocation-list.ts';

/**
 * Where revocation lists come from: DER or PEM, one list each. The same buffer again means the same list, which
 * is then not read again.
 */
export type CrlSource = () => Promise<readonly Buffer<ArrayBuffer>[]>;

export type RevocationState = 'good' | 'revoked' | 'unknown';

interface ReadList extends RevocationList {
  /** The authorities whose signature was looked for, with the answer. */
  signers: WeakMap<Certificate, Promise<boolean>>;
}

/** Each list is read, and its signature verified, once. */
const readLists = new WeakMap<Buffer<ArrayBuffer>, ReadList | 'unreadable'>();

/**
 * Whether a certificate of the path was revoked, by the lists of every authority in it (RFC 5280, 6.3).
 * A list that is missing, stale, from the future or not signed by its authority leaves the answer unknown.
 */
export async function findRevocation(
  path: readonly Certificate[],
  crls: readonly Buffer<ArrayBuffer>[],
  now: number,
): Promise<RevocationState> {
  const lists = crls.map(readList).filter((read) => read !== undefined);
  const states = await Promise.all(
    path.slice(0, -1).map((certificate, position) => stateOf(certificate, path[position + 1], lists, now)),
  );
  if (states.includes('revoked')) return 'revoked';
  return states.every((state) => state === 'good') ? 'good' : 'unknown';
}

async function stateOf(
  certificate: Certificate,
  issuer: Certificate | undefined,
  lists: readonly ReadList[],
  now: number,
): Promise<RevocationState> {
  if (!issuer) return 'unknown';
  const serialNumber = formatSerial(certificate.serialNumber.valueBlock.valueHexView);
  const signed = await Promise.all(lists.map((read) => isSignedBy(read, issuer)));
  const current = lists.filter(({ header }, index) => signed[index] && isCurrent(header, now));
  if (current.length === 0) return 'unknown';
  return current.some(({ serialNumbers }) => serialNumbers.has(serialNumber)) ? 'revoked' : 'good';
}

function isSignedBy(read: ReadList, issuer: Certificate): Promise<boolean> {
  const signed = read.signers.get(issuer) ?? verifyList(read.header, issuer);
  read.signers.set(issuer, signed);
  return signed;
}

/** Signed by an authority that may sign lists, and about all its certificates: a critical extension says less. */
async function verifyList(list: CertificateRevocationList, issuer: Certificate): Promise<boolean> {
  const isPartial = list.crlExtensions?.extensions.some(({ critical }) => critical) ?? false;
  if (isPartial || !mayUseKeyFor(issuer, 'cRLSign')) return false;
  return list.verify({ issuerCertificate: issuer }).catch(() => false);
}

const isCurrent = ({ thisUpdate, nextUpdate }: CertificateRevocationList, now: number): boolean =>
  thisUpdate.value.getTime() <= now && nextUpdate !== undefined && now < nextUpdate.value.getTime();

function readList(bytes: Buffer<ArrayBuffer>): ReadList | undefined {
  const known = readLists.get(bytes) ?? tryToRead(bytes) ?? 'unreadable';
  readLists.set(bytes, known);
  return known === 'unreadable' ? undefined : known;
}

function tryToRead(bytes: Buffer<ArrayBuffer>): ReadList | undefined {
  try {
    return { ...readRevocationList(bytes), signers: new WeakMap() };
  } catch {
    return undefined;
  }
}

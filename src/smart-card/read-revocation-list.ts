import { CertificateRevocationList } from 'pkijs';

/** A revocation list, its entries as a set: national lists hold hundreds of thousands of them. */
export interface RevocationList {
  /** Without entries; its signature is still that over the whole list. */
  header: CertificateRevocationList;
  /** Hexadecimal, without leading zeros. */
  serialNumbers: ReadonlySet<string>;
}

/**
 * Reads a list in DER or PEM (RFC 5280, 5.1); throws where it is malformed. The library makes five objects of each
 * entry, a gigabyte for a large list, so the entries are read apart and it sees a list without them.
 */
export function readRevocationList(bytes: Buffer<ArrayBuffer>): RevocationList {
  const [toBeSigned, ...signature] = members(derOf(bytes));
  if (!toBeSigned) throw new Error('revocation list: empty');
  const fields = members(toBeSigned);
  const entries = fields.findIndex((field, index) => field[0] === sequenceTag && isTime(fields[index - 1]));
  const others = fields.filter((_, index) => index !== entries);
  const header = CertificateRevocationList.fromBER(sequence([sequence(others), ...signature]));
  header.tbsView = toBeSigned;
  return { header, serialNumbers: new Set(members(fields[entries] ?? emptySequence).map(serialOfEntry)) };
}

export const formatSerial = (integer: Uint8Array): string =>
  Buffer.from(integer)
    .toString('hex')
    .replace(/^(00)+/, '');

const sequenceTag = 0x30;
const emptySequence = Buffer.of(sequenceTag, 0);
const isTime = (field: Buffer | undefined): boolean => field?.[0] === 0x17 || field?.[0] === 0x18;

function serialOfEntry(entry: Buffer<ArrayBuffer>): string {
  const integer = elementAt(entry, elementAt(entry, 0).contentStart);
  return formatSerial(entry.subarray(integer.contentStart, integer.end));
}

/** The members of a SEQUENCE, each with its tag and length. */
function members(element: Buffer<ArrayBuffer>): Buffer<ArrayBuffer>[] {
  const { contentStart, end } = elementAt(element, 0);
  const found: Buffer<ArrayBuffer>[] = [];
  for (let start = contentStart; start < end; ) {
    const member = elementAt(element, start);
    found.push(element.subarray(start, member.end));
    start = member.end;
  }
  return found;
}

/** Where the content of the element at `start` begins, and where it ends (X.690, 8.1.3, definite form). */
function elementAt(bytes: Buffer, start: number): { contentStart: number; end: number } {
  const first = bytes.readUInt8(start + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(start + 2, lengthBytes);
  const contentStart = start + 2 + lengthBytes;
  const end = contentStart + length;
  if (first === 0x80 || end > bytes.length) throw new Error('revocation list: wrong length');
  return { contentStart, end };
}

function sequence(parts: readonly Buffer[]): Buffer<ArrayBuffer> {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(5);
  length.writeUInt8(0x84, 0);
  length.writeUInt32BE(content.length, 1);
  return Buffer.concat([Buffer.of(sequenceTag), length, content]);
}

const pemBlock = /-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/;

function derOf(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (!bytes.subarray(0, 11).equals(Buffer.from('-----BEGIN '))) return bytes;
  return Buffer.from(pemBlock.exec(bytes.toString('latin1'))?.[1] ?? '', 'base64');
}

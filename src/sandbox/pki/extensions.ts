import { createHash } from 'node:crypto';
import {
  bits,
  boolean,
  type Der,
  encode,
  integer,
  octets,
  oid,
  sequence,
  tagged,
  taggedBytes,
  utf8,
} from './der.ts';

// Certificate extensions of RFC 5280, 4.2.1, and the two forms that only cards have.

function extension(id: string, value: Der, critical = false): Der {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(encode(value)));
}

/** Any value unique to the key will do (RFC 5280, 4.2.1.2): here SHA-1 of the SubjectPublicKeyInfo. */
export const keyIdentifier = (spki: Uint8Array): Buffer => createHash('sha1').update(spki).digest();

export const subjectKeyIdentifier = (spki: Uint8Array): Der =>
  extension('2.5.29.14', octets(keyIdentifier(spki)));

export const authorityKeyIdentifier = (issuerSpki: Uint8Array): Der =>
  extension('2.5.29.35', sequence(taggedBytes(0, keyIdentifier(issuerSpki))));

/** `pathLength` is how many authorities may follow below. */
export const authorityConstraints = (pathLength: number): Der =>
  extension('2.5.29.19', sequence(boolean(true), integer(pathLength)), true);

export const endEntityConstraints = (): Der => extension('2.5.29.19', sequence(), true);

const keyUsages = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const;
export type KeyUsage = keyof typeof keyUsages;

export function keyUsage(...usages: KeyUsage[]): Der {
  const positions = usages.map((usage) => keyUsages[usage]);
  const byte = positions.reduce((sum: number, position) => sum | (0x80 >> position), 0);
  return extension('2.5.29.15', bits(Uint8Array.of(byte), 7 - Math.max(...positions)), true);
}

const purposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  smartCardLogon: '1.3.6.1.4.1.311.20.2.2',
} as const;
export type Purpose = keyof typeof purposes;

export const extendedKeyUsage = (...wanted: Purpose[]): Der =>
  extension('2.5.29.37', sequence(...wanted.map((purpose) => oid(purposes[purpose]))));

export const dnsName = (name: string): Der => taggedBytes(2, Buffer.from(name, 'latin1'));
export const mailName = (name: string): Der => taggedBytes(1, Buffer.from(name, 'latin1'));
/** An address; in name constraints followed by its mask (RFC 5280, 4.2.1.10). */
export const ipAddress = (...bytes: number[]): Der => taggedBytes(7, Uint8Array.from(bytes));

/** The user principal name that smart card logon reads. */
export const userPrincipalName = (name: string): Der =>
  tagged(0, oid('1.3.6.1.4.1.311.20.2.3'), tagged(0, utf8(name)));

export const subjectAlternativeNames = (...names: Der[]): Der => extension('2.5.29.17', sequence(...names));

/** Only names of these trees may be certified below: an imported sandbox root vouches for nothing else. */
export const permittedNames = (...names: Der[]): Der =>
  extension('2.5.29.30', sequence(tagged(0, ...names.map((name) => sequence(name)))), true);

/** A private extension of the cards (arc 1.2.250.1.71.1.2). */
export const privateExtension = (id: string, value: Der): Der => extension(id, value);

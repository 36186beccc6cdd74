import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type Credential,
  ecdsaWithSha256,
  type Issuer,
  issueCertificate,
  readCredential,
  signed,
  subjectOf,
} from '../../src/sandbox/pki/certificate.ts';
import {
  bigInteger,
  bits,
  type Der,
  decode,
  encode,
  integer,
  sequence,
  tagged,
  time,
} from '../../src/sandbox/pki/der.ts';
import {
  authorityConstraints,
  endEntityConstraints,
  extendedKeyUsage,
  keyUsage,
} from '../../src/sandbox/pki/extensions.ts';
import { type Attribute, distinguishedName } from '../../src/sandbox/pki/names.ts';
import { type CardSite, type ClientCredential, dayMs, openCardSite } from './card-site.ts';

// Certificates that no decent authority issues, each signed by a key that the listener trusts, or nearly so.

export const person: Attribute[] = [
  ['commonName', '899700000013'],
  ['givenName', 'Zoé'],
  ['surname', 'DUPONT'],
];

export const cardExtensions = (): Der[] => [
  endEntityConstraints(),
  keyUsage('digitalSignature'),
  extendedKeyUsage('clientAuth'),
];

export const authorityExtensions = (): Der[] => [authorityConstraints(0), keyUsage('keyCertSign', 'cRLSign')];

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** From yesterday to tomorrow unless told. */
export interface Dates {
  notBefore: number;
  notAfter: number;
}

const aroundToday = (): Dates => ({ notBefore: Date.now() - dayMs, notAfter: Date.now() + dayMs });

export function certify(
  extensions: Der[],
  issuer?: Issuer,
  subject: Der = distinguishedName(person),
  dates: Dates = aroundToday(),
): Credential {
  return issueCertificate({ subject, ...dates, extensions }, issuer);
}

export const certifyAuthority = (
  commonName: string,
  extensions: Der[],
  issuer: Issuer,
  dates?: Dates,
): Credential => certify(extensions, issuer, distinguishedName([['commonName', commonName]]), dates);

/** How a certificate is signed and what it is over, where that is what is wrong with it. */
export interface Frame {
  issuer: Issuer;
  keys?: KeyPair;
  /** AlgorithmIdentifier, and the signature over the bytes. */
  algorithm: Der;
  sign(bytes: Buffer): Buffer;
}

/** A card for `person`, framed so. */
export function frameCard({ issuer, algorithm, sign, keys = newCurveKeys() }: Frame): ClientCredential {
  const { notBefore, notAfter } = aroundToday();
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    bigInteger(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    algorithm,
    subjectOf(issuer.certificate),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(person),
    decode(keys.publicKey.export({ type: 'spki', format: 'der' })),
    tagged(3, sequence(...cardExtensions())),
  );
  const certificate = encode(sequence(toBeSigned, algorithm, bits(sign(encode(toBeSigned)))));
  return {
    cert: new X509Certificate(certificate).toString(),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** An authority below the root of this site, over keys of the test's own. */
export function authorityOver(site: CardSite, keys: KeyPair): Issuer {
  const root = keptAuthority(site, 'root');
  const { notBefore, notAfter } = aroundToday();
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    bigInteger(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    ecdsaWithSha256,
    subjectOf(root.certificate),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName([['commonName', 'OTHER KEYS']]),
    decode(keys.publicKey.export({ type: 'spki', format: 'der' })),
    tagged(3, sequence(...authorityExtensions())),
  );
  return { certificate: new X509Certificate(signed(toBeSigned, root.key)), key: keys.privateKey };
}

export const newCurveKeys = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

export const newRsaKeys = (modulusLength: number): KeyPair => generateKeyPairSync('rsa', { modulusLength });

/** An authority of the site, with its key. */
export function keptAuthority(site: CardSite, name: 'root' | 'servers' | 'persons'): Credential {
  const read = (ending: string) =>
    readFileSync(join(dirname(site.authority.crlFiles[0] ?? ''), `${name}.${ending}`), 'utf8');
  return readCredential(read('pem'), read('key'));
}

/** A leaf as a client shows it, with the authorities that it sends along. */
export const chain = (leaf: Credential, ...authorities: Credential[]): ClientCredential => ({
  cert: [leaf, ...authorities].map(({ certificatePem }) => certificatePem).join(''),
  key: leaf.privateKeyPem,
});

/** A listener that was told to trust one more intermediate, whose list of revoked cards it does not have. */
export async function openSiteTrusting<Added extends Issuer>(
  t: TestContext,
  build: (site: CardSite) => Added,
): Promise<{ site: CardSite; intermediate: Added }> {
  const site = await openCardSite(t);
  const intermediate = build(site);
  const trust = {
    roots: site.authority.trust.roots,
    intermediates: [...site.authority.trust.intermediates, intermediate.certificate.toString()],
  };
  return { site: await openCardSite(t, { trust }), intermediate };
}

export async function assertFailure(
  site: CardSite,
  credential: ClientCredential,
  failure: string,
): Promise<void> {
  assert.deepEqual(await site.present(credential), { failure, reader: 'own' });
}

export async function assertAccepted(site: CardSite, credential: ClientCredential): Promise<void> {
  const redeemed = await site.present(credential);
  assert.ok(redeemed && 'verification' in redeemed, JSON.stringify(redeemed));
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { Certificate } from 'pkijs';
import { bigInteger, bits, type Der, decode, encode, integer, oid, sequence, tagged, time } from './der.ts';
import { authorityKeyIdentifier, subjectKeyIdentifier } from './extensions.ts';

/** Who signs: an authority's certificate and key. */
export interface Issuer {
  certificate: X509Certificate;
  key: KeyObject;
}

export interface CertificateRequest {
  subject: Der;
  /** Instants, milliseconds. */
  notBefore: number;
  notAfter: number;
  /** Beside the two key identifiers, which every certificate gets. */
  extensions: Der[];
}

/** A certificate with its private key. */
export interface Credential extends Issuer {
  certificatePem: string;
  privateKeyPem: string;
}

export const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** Signs a to-be-signed value (RFC 5280, 4.1.1): certificates and revocation lists have the same frame. */
export function signed(toBeSigned: Der, key: KeyObject): Buffer {
  const signature = sign('sha256', encode(toBeSigned), key);
  return encode(sequence(toBeSigned, ecdsaWithSha256, bits(signature)));
}

/** The name of an authority exactly as its own certificate writes it. */
export const subjectOf = (certificate: X509Certificate): Der =>
  Certificate.fromBER(certificate.raw).subject.toSchema();

/** Random serial numbers (RFC 5280, 4.1.2.2): two processes that issue at once cannot collide. */
const newSerial = (): Der => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bigInteger(bytes);
};

/** Issues a certificate over a fresh P-256 key; without an issuer it signs itself. */
export function issueCertificate(request: CertificateRequest, issuer?: Issuer): Credential {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const issuerSpki = issuer?.certificate.publicKey.export({ type: 'spki', format: 'der' }) ?? spki;
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    newSerial(),
    ecdsaWithSha256,
    issuer ? subjectOf(issuer.certificate) : request.subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    request.subject,
    decode(spki),
    tagged(
      3,
      sequence(...request.extensions, subjectKeyIdentifier(spki), authorityKeyIdentifier(issuerSpki)),
    ),
  );
  const certificate = new X509Certificate(signed(toBeSigned, issuer?.key ?? privateKey));
  return describe(certificate, privateKey);
}

/** Reads back what `certificatePem` and `privateKeyPem` held. */
export function readCredential(certificatePem: string, privateKeyPem: string): Credential {
  const credential = describe(new X509Certificate(certificatePem), createPrivateKey(privateKeyPem));
  if (!credential.certificate.publicKey.equals(createPublicKey(credential.key))) {
    throw new Error('certificate and private key do not belong together');
  }
  return credential;
}

function describe(certificate: X509Certificate, key: KeyObject): Credential {
  return {
    certificate,
    key,
    certificatePem: certificate.toString(),
    privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Configuration } from 'oidc-provider';
import { isNamed } from './distinguished-name.ts';

/** Whether the authorities of organisations vouch for a client's certificate (DER) now. */
export type VerifyOrganization = (certificate: Uint8Array<ArrayBuffer>) => Promise<boolean>;

interface PresentedCertificate {
  certificate: X509Certificate;
  isTrusted: boolean;
}

const presented = new WeakMap<object, PresentedCertificate>();

/** Judges the certificate of a request before the library asks for it, which it does without waiting. */
export async function readCertificate(req: IncomingMessage, verify: VerifyOrganization): Promise<void> {
  const { socket } = req;
  // A resumed session repeats an old handshake: no key was proven now.
  if (!(socket instanceof TLSSocket) || socket.isSessionReused()) return;
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return;
  presented.set(req, { certificate, isTrusted: await verify(Uint8Array.from(certificate.raw)) });
}

type MutualTls = NonNullable<NonNullable<Configuration['features']>['mTLS']>;

/** RFC 8705: clients that authenticate by a certificate, and access tokens that are bound to one. */
export const mutualTls: MutualTls = {
  enabled: true,
  certificateBoundAccessTokens: true,
  tlsClientAuth: true,
  selfSignedTlsClientAuth: true,
  getCertificate: ({ req }) => presented.get(req)?.certificate.toString(),
  certificateAuthorized: ({ req }) => presented.get(req)?.isTrusted === true,
  certificateSubjectMatches: ({ req }, property, expected) => {
    const certificate = presented.get(req)?.certificate;
    return certificate !== undefined && (subjectChecks[property]?.(certificate, expected) ?? false);
  },
};

/** RFC 8705 section 2.1.2; names are compared as they are, never as patterns. */
const subjectChecks: Record<string, (certificate: X509Certificate, expected: string) => boolean> = {
  tls_client_auth_subject_dn: ({ subject }, expected) => isNamed(subject, expected),
  tls_client_auth_san_dns: (certificate, expected) =>
    certificate.checkHost(expected, { subject: 'never', wildcards: false }) !== undefined,
  tls_client_auth_san_email: (certificate, expected) =>
    certificate.checkEmail(expected, { subject: 'never' }) !== undefined,
  tls_client_auth_san_ip: (certificate, expected) => certificate.checkIP(expected) !== undefined,
  tls_client_auth_san_uri: ({ subjectAltName = '' }, expected) =>
    subjectAltName.split(', ').includes(`URI:${expected}`),
};

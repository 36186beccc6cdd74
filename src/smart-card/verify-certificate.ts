import type { Certificate } from 'pkijs';
import type { CardFailure } from './card-failure.ts';
import { type CardIdentity, parseCardIdentity } from './card-identity.ts';
import { isAuthority, isForClientAuthentication, mayUseKeyFor } from './certificate-extensions.ts';
import { findRevocation } from './revocation.ts';
import { findTrustedPath, parseCertificate, type Trust } from './trust.ts';

/** What one TLS handshake showed. */
export interface PresentedCard {
  /** The client's certificate in DER; TLS has proven that the client holds its private key. */
  certificate: Uint8Array<ArrayBuffer> | undefined;
  /** A resumed session repeats an old handshake: no card was shown and no key proven now. */
  sessionReused: boolean;
}

export interface VerificationContext {
  trust: Trust;
  /** Revocation lists, see `CrlSource`. */
  crls: readonly Buffer<ArrayBuffer>[];
  /** Instant at which everything is judged, milliseconds. */
  now: number;
}

/** The first check that failed decides; beside a failure the identity is told where the issuer is trusted. */
export type CardOutcome =
  | { failure?: undefined; identity: CardIdentity }
  | { failure: CardFailure; identity?: CardIdentity | undefined };

/**
 * Verifies a card for authentication. Each check is one rule; nothing of the subject is read before the issuer is
 * trusted, since anybody can write anybody's number into a certificate.
 */
export async function verifyCertificate(
  presented: PresentedCard,
  context: VerificationContext,
): Promise<CardOutcome> {
  const { certificate, failure } = await judge(presented, context);
  if (!certificate) return { failure };
  const identity = parseCardIdentity(certificate);
  if (failure) return { failure, identity };
  return identity ? { identity } : { failure: 'wrong_usage' };
}

/** The same checks of a certificate that names no person. */
export async function isTrusted(presented: PresentedCard, context: VerificationContext): Promise<boolean> {
  return (await judge(presented, context)).failure === undefined;
}

/** The certificate where its issuer is trusted; the first check that failed. */
type Judgement =
  | { certificate: Certificate; failure?: CardFailure | undefined }
  | { certificate?: undefined; failure: CardFailure };

async function judge(presented: PresentedCard, context: VerificationContext): Promise<Judgement> {
  if (presented.certificate === undefined || presented.sessionReused) return { failure: 'no_certificate' };
  const certificate = parseCertificate(presented.certificate);
  const path = certificate && (await findTrustedPath(certificate, context.trust, context.now));
  if (!certificate || !path) return { failure: 'unknown_issuer' };
  const failure =
    checkValidity(certificate, context.now) ??
    checkUsage(certificate) ??
    (await checkRevocation(path, context));
  return { certificate, failure };
}

/** Both bounds belong to the validity (RFC 5280, 4.1.2.5). */
function checkValidity({ notBefore, notAfter }: Certificate, now: number): CardFailure | undefined {
  if (now < notBefore.value.getTime()) return 'not_yet_valid';
  return now > notAfter.value.getTime() ? 'expired' : undefined;
}

/** The authentication certificate of the card, not its signature certificate, nor an authority. */
function checkUsage(card: Certificate): CardFailure | undefined {
  const authenticates =
    mayUseKeyFor(card, 'digitalSignature') && isForClientAuthentication(card) && !isAuthority(card);
  return authenticates ? undefined : 'wrong_usage';
}

async function checkRevocation(
  path: readonly Certificate[],
  { crls, now }: VerificationContext,
): Promise<CardFailure | undefined> {
  const state = await findRevocation(path, crls, now);
  if (state === 'revoked') return 'revoked';
  return state === 'unknown' ? 'revocation_unknown' : undefined;
}

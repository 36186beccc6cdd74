import type { Clock } from '#platform/clock.ts';
import type { CrlSource } from './revocation.ts';
import { parseTrust } from './trust.ts';
import { isTrusted } from './verify-certificate.ts';

export interface OrganizationVerifierDependencies {
  /** PEM of the authorities that issue organisations' certificates. */
  trust: { roots: readonly string[]; intermediates: readonly string[] };
  crl: CrlSource;
  clock: Clock;
}

/** Whether the authorities of organisations vouch for a client's certificate (DER) now: the checks of a card's. */
export function createOrganizationVerifier(dependencies: OrganizationVerifierDependencies) {
  const { crl, clock } = dependencies;
  const trust = parseTrust(dependencies.trust);
  return async (certificate: Uint8Array<ArrayBuffer>): Promise<boolean> =>
    isTrusted({ certificate, sessionReused: false }, { trust, crls: await crl(), now: clock.now() });
}

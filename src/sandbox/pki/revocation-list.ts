import { ecdsaWithSha256, type Issuer, signed, subjectOf } from './certificate.ts';
import { bigInteger, type Der, encode, integer, octets, oid, sequence, tagged, time } from './der.ts';
import { authorityKeyIdentifier } from './extensions.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Reissued at each start and at each change, so that only a forgotten list gets stale. */
const listLifetimeMs = 90 * dayMs;
/** A verifier whose clock is a little behind must not find the list not yet valid. */
const clockSkewMs = 5 * 60 * 1000;

export interface Revocation {
  /** Serial number as Node writes it: hexadecimal, upper case. */
  serialNumber: string;
  revokedAt: number;
}

/** Issues the list of an authority (RFC 5280, 5.1), in DER. */
function issueRevocationList(issuer: Issuer, revocations: readonly Revocation[], now: number): Buffer {
  const entries = revocations.map(({ serialNumber, revokedAt }) =>
    sequence(bigInteger(Buffer.from(serialNumber, 'hex')), time(revokedAt)),
  );
  const toBeSigned = sequence(
    integer(1),
    ecdsaWithSha256,
    subjectOf(issuer.certificate),
    time(now - clockSkewMs),
    time(now + listLifetimeMs),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    tagged(0, sequence(authorityKeyIdentifierOf(issuer), listNumber(now))),
  );
  return signed(toBeSigned, issuer.key);
}

const authorityKeyIdentifierOf = (issuer: Issuer): Der =>
  authorityKeyIdentifier(issuer.certificate.publicKey.export({ type: 'spki', format: 'der' }));

/** CRL number (RFC 5280, 5.2.3): grows with time. */
const listNumber = (now: number): Der => sequence(oid('2.5.29.20'), octets(encode(integer(now))));

/** One list an authority, by file name; only cards are ever revoked here. */
export function revocationLists(
  authorities: { root: Issuer; servers: Issuer; persons: Issuer; organizations?: Issuer },
  revoked: readonly Revocation[],
  now: number,
): Record<string, Buffer> {
  return {
    'root.crl': issueRevocationList(authorities.root, [], now),
    'servers.crl': issueRevocationList(authorities.servers, [], now),
    'persons.crl': issueRevocationList(authorities.persons, revoked, now),
    ...(authorities.organizations
      ? { 'organizations.crl': issueRevocationList(authorities.organizations, [], now) }
      : {}),
  };
}

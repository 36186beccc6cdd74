import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import { findStoreFault } from '#platform/database/store-fault.ts';
import { type Authorities, openAuthorities, openServerCertificate } from './authorities.ts';
import { type Card, type CardRequest, holderName, issueCard } from './card.ts';
import { findCard, saveCard } from './card-files.ts';
import { encode } from './der.ts';
import { type OrganizationRequest, openOrganization } from './organization.ts';
import { createRevocations } from './revocations.ts';

/** The authority that makes the sandbox's cards, with all that the card listener has to trust. */
export interface CardAuthority {
  /** Offered for download: name-constrained to this machine. */
  rootPem: string;
  /** What verifies cards: `createSmartCard({ trust })`. */
  trust: { roots: string[]; intermediates: string[] };
  /** The same for the certificates of organisations. */
  organizations: { trust: { roots: string[]; intermediates: string[] }; crlFiles: string[] };
  /** An organisation's certificate with its key, kept by the authority. */
  openOrganization(request: OrganizationRequest): Promise<{ certificatePem: string; privateKeyPem: string }>;
  /** Certificate with chain, and key, of the listeners that speak TLS. */
  server: { cert: string; key: string };
  /** Revocation lists of every authority above a card: `createCrlFiles(authority.crlFiles)`. */
  crlFiles: string[];
  /** Issues a card that only the caller keeps. */
  issueCard(request: CardRequest): Card;
  /** The card kept under this name, issued on first use and again when it cannot serve the request any more. */
  openCard(name: string, request: CardRequest): Promise<Card>;
  /** Lists the card as revoked from now on; revoking twice is once. */
  revoke(certificate: X509Certificate): Promise<void>;
  /** Takes every card off the lists. */
  reinstateAll(): Promise<void>;
  /** Fresh lists, dated by the clock: at each start, and after the clock was moved. */
  reissueCrls(): Promise<void>;
}

/** Loads the authority under `dir`, or makes it. Several processes may do so at once. */
export async function openCardAuthority({
  dir,
  clock,
}: {
  dir: string;
  clock: Clock;
}): Promise<CardAuthority> {
  const authorities = await openAuthorities(dir, clock.now()).catch(refuseDamaged);
  const realNow = clock.now() - clock.aheadMs;
  const server = await openServerCertificate(dir, authorities, realNow).catch(refuseDamaged);
  const cards = join(dir, 'cards');
  return {
    rootPem: authorities.root.certificatePem,
    trust: { roots: [authorities.root.certificatePem], intermediates: [authorities.persons.certificatePem] },
    server,
    organizations: {
      trust: {
        roots: [authorities.root.certificatePem],
        intermediates: [authorities.organizations.certificatePem],
      },
      crlFiles: [join(dir, 'root.crl'), join(dir, 'organizations.crl')],
    },
    openOrganization: (request) =>
      openOrganization(join(dir, 'organizations'), request, authorities.organizations, realNow),
    crlFiles: [join(dir, 'root.crl'), join(dir, 'persons.crl')],
    issueCard: (request) => issue(request, authorities),
    openCard: (name, request) => openCard(cards, name, request, authorities, clock),
    ...createRevocations(dir, authorities, clock),
  };
}

/** What OpenSSL says of a file helps nobody. */
function refuseDamaged(cause: unknown): never {
  if (findStoreFault(cause)) throw cause;
  throw new Error(
    'A certificate or key below pki/ in the data directory (HYGIE_DATA_DIR) is missing or damaged: put back the whole directory from a backup. A sandbox can also start anew in another one.',
    { cause },
  );
}

const issue = (request: CardRequest, { persons, root }: Authorities): Card =>
  issueCard(request, persons, root.certificate);

async function openCard(
  cards: string,
  name: string,
  request: CardRequest,
  authorities: Authorities,
  clock: Clock,
): Promise<Card> {
  const kept = await findCard(cards, name);
  if (kept && stillServes(kept, request, authorities, clock.now() - clock.aheadMs)) return kept;
  const card = issue(request, authorities);
  await saveCard(cards, name, card);
  return card;
}

/** Whether a kept card is this person's, of this authority, and has not run out where a good one is wanted. */
function stillServes(
  { certificate }: Card,
  request: CardRequest,
  { persons }: Authorities,
  realNow: number,
): boolean {
  // The name as the certificate writes it; to parse every card would take a tenth of a start.
  const samePerson = certificate.raw.includes(encode(holderName(request)));
  const ranOut = certificate.validToDate.getTime() < realNow && request.notAfter > realNow;
  return samePerson && !ranOut && certificate.verify(persons.certificate.publicKey);
}

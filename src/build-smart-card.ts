import type { Audit } from '#audit';
import { findRemovalReturn } from '#authenticator';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/logger.ts';
import type { CardAuthority } from '#sandbox';
import { createCrlFiles, createSmartCard, type SmartCard } from '#smart-card';
import type { Listeners } from './listeners.ts';

export interface SmartCardParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  audit: Audit;
  authority: CardAuthority;
  listeners: Listeners;
}

/** Cards of the sandbox's authority; the first reader is the virtual one. */
export function buildSmartCard({ audit, authority, listeners, ...parts }: SmartCardParts): SmartCard {
  const { card, wallet, sandbox } = listeners.sites;
  return createSmartCard({
    ...parts,
    events: audit,
    site: card,
    trust: authority.trust,
    crl: createCrlFiles(authority.crlFiles),
    templates: {
      first: `${sandbox.url.origin}/lecteur/{attempt}?ui_locales={locale}`,
      own: `https://{attempt}.carte.localhost:${card.url.port}/`,
    },
    walletUrl: wallet.url,
    findReturnPath: findRemovalReturn,
  });
}

import { type NationalId, rpps } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { RateLimit, RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { DirectoryEvents } from '../events.ts';
import type { LinkStore } from '../links/link-store.ts';
import type { ChangeStore } from './change-store.ts';
import type { ContactCodes } from './contact-codes.ts';
import type { ContactEvents } from './contact-events.ts';
import type { ContactHistory } from './contact-history.ts';
import type { ContactStore } from './contact-store.ts';
import type { DisputeLinks } from './dispute-links.ts';
import type { ContactMessages } from './messages/contact-jobs.ts';
import type { ContactFaults } from './parse-contacts.ts';
import type { RequestStore } from './request-store.ts';

/** A person as far as contact details need one. */
export interface Holder {
  rpps: string;
  givenName: string;
  familyName: string;
}

/** What the ways to change contact details share. */
export interface ContactParts {
  database: Database;
  clock: Clock;
  events: ContactEvents & Pick<DirectoryEvents, 'linkUsed'>;
  directory: {
    findPractitioner(
      nationalId: NationalId,
    ): Promise<{ practitioner: { active: boolean; givenName: string; familyName: string } } | undefined>;
  };
  contacts: ContactStore;
  history: ContactHistory;
  links: LinkStore;
  changes: ChangeStore;
  requests: RequestStore;
  codes: ContactCodes;
  disputes: DisputeLinks;
  messages: ContactMessages;
  limiter: RateLimiter;
}

/** Why nothing was saved. `retryAt`: instant, milliseconds. */
export type Refusal =
  | { outcome: 'faults'; faults: ContactFaults }
  | { outcome: 'too_many'; retryAt: number }
  /** No active record under that number, or none that the card leads to any more. */
  | { outcome: 'no_record' };

/** Somebody whom the directory counts as active. */
export async function findHolder(
  { directory }: Pick<ContactParts, 'directory'>,
  number: string,
): Promise<Holder | undefined> {
  const practitioner = (await directory.findPractitioner(rpps(number)))?.practitioner;
  if (!practitioner?.active) return undefined;
  return { rpps: number, givenName: practitioner.givenName, familyName: practitioner.familyName };
}

/** Takes one of each; the first that is used up refuses. */
export async function takeEach(
  { limiter }: Pick<ContactParts, 'limiter'>,
  unit: Unit,
  wanted: Readonly<Record<string, RateLimit>>,
): Promise<Extract<Refusal, { outcome: 'too_many' }> | undefined> {
  for (const [key, limit] of Object.entries(wanted)) {
    const refused = await limiter.take(unit, `directory contact ${key}`, limit);
    if (refused) return { outcome: 'too_many', ...refused };
  }
  return undefined;
}

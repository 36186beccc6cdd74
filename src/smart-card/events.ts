import { formatIdNatPs } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { Reader } from './card-attempt-store.ts';
import type { CardFailure } from './card-failure.ts';
import type { CardIdentity } from './card-identity.ts';

export type SmartCardEvents = ReturnType<typeof createEvents>;

/** The subject is the number that a trusted issuer vouches for; names stay in the certificate. */
export function createEvents(reporter: EventReporter) {
  return {
    attemptCreated: (unit: Unit, reader: Reader) =>
      reporter.report(unit, { name: 'card.attempt_created', details: { reader } }),
    verified: (unit: Unit, { nationalId }: CardIdentity, reader: Reader) =>
      reporter.report(unit, {
        name: 'card.verified',
        subject: formatIdNatPs(nationalId),
        details: { reader },
      }),
    refused: (unit: Unit, code: CardFailure, identity: CardIdentity | undefined, reader: Reader) =>
      reporter.report(unit, {
        name: 'card.refused',
        ...(identity && { subject: formatIdNatPs(identity.nationalId) }),
        details: { code, reader },
      }),
  };
}

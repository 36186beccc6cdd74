import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';

export type RelyingPartyEvents = ReturnType<typeof createEvents>;

/** `party` tells which site; who the person is, is not this module's to know. */
export function createEvents(reporter: EventReporter, party: string) {
  return {
    signedIn: (unit: Unit) => reporter.report(unit, { name: 'relying_party.signed_in', details: { party } }),
    signedOut: (unit: Unit) =>
      reporter.report(unit, { name: 'relying_party.signed_out', details: { party } }),
    endedByIssuer: (unit: Unit, sessions: number) =>
      reporter.report(unit, { name: 'relying_party.ended_by_issuer', details: { party, sessions } }),
  };
}

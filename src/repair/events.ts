import { formatIdNatPs, type NationalId } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { Cause } from './diagnosis.ts';

export type RepairEvents = ReturnType<typeof createEvents>;

/** The subject is the number that the person signed in with. */
export function createEvents(reporter: EventReporter) {
  const subject = (nationalId: NationalId) => formatIdNatPs(nationalId);
  return {
    ticketOpened: (unit: Unit, nationalId: NationalId, cause: Cause | null): Promise<void> =>
      reporter.report(unit, {
        name: 'repair.ticket_opened',
        subject: subject(nationalId),
        details: { cause },
      }),
  };
}

import { adeli, formatIdNatPs } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { ImportReport } from './import/import-report.ts';
import type { LinkResolution } from './links/resolve-link.ts';

/** What a link was relied on for. */
export type LinkPurpose = 'enrolment' | 'contact_change' | 'bridging';

/** The directory's business events. */
export function createDirectoryEvents(reporter: EventReporter) {
  return {
    /** Another generation is read from now on. */
    extractApplied: (unit: Unit, { runId, generation, practitioners }: ImportReport): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.extract_applied',
        details: { runId, generation, ...practitioners },
      }),

    /** So much would change that nothing was: somebody must look at the plan. */
    extractWaiting: (unit: Unit, { runId, generation, practitioners }: ImportReport): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.extract_waiting',
        details: { runId, generation, ...practitioners },
      }),

    keyAdded: (unit: Unit, name: string): Promise<void> =>
      reporter.report(unit, { name: 'directory.key_added', details: { name } }),

    keyRevoked: (unit: Unit, name: string): Promise<void> =>
      reporter.report(unit, { name: 'directory.key_revoked', details: { name } }),

    /** Somebody's link was read for a diagnosis: not yet a use of it. */
    linkRead: (unit: Unit, number: string, { outcome }: LinkResolution): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.link_read',
        subject: formatIdNatPs(adeli(number)),
        details: { outcome },
      }),

    /** A link was relied on; whoever relies on it announces it to the record's contacts. */
    linkUsed: (unit: Unit, number: string, purpose: LinkPurpose): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.link_used',
        subject: formatIdNatPs(adeli(number)),
        details: { purpose },
      }),
  };
}

export type DirectoryEvents = ReturnType<typeof createDirectoryEvents>;

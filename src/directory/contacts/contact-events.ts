import { formatIdNatPs, rpps } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { ChangeGround } from './contact-store.ts';
import type { RefusalReason } from './request-store.ts';

/** `by`: wire form of the operator's national identifier; null for the command line. */
interface Decided {
  reference: string;
  by: string | null;
}

export type ContactEvents = ReturnType<typeof createContactEvents>;

/** The values never: neither an address nor a telephone number. A number that was only typed is no subject. */
export function createContactEvents(reporter: EventReporter) {
  return {
    changed: (unit: Unit, number: string, under: ChangeGround): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.contact_changed',
        subject: formatIdNatPs(rpps(number)),
        details: { under },
      }),

    /** The person reads both. */
    confirmed: (unit: Unit, idNatPs: string): Promise<void> =>
      reporter.report(unit, { name: 'directory.contact_confirmed', subject: idNatPs }),

    /** **Ce n'est pas moi**. */
    withdrawn: (unit: Unit, idNatPs: string): Promise<void> =>
      reporter.report(unit, { name: 'directory.contact_withdrawn', subject: idNatPs }),

    codesSent: (unit: Unit, number: string): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.contact_codes_sent',
        subject: formatIdNatPs(rpps(number)),
      }),

    codeFailed: (unit: Unit, number: string): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.contact_code_failed',
        subject: formatIdNatPs(rpps(number)),
      }),

    requested: (unit: Unit, reference: string): Promise<void> =>
      reporter.report(unit, { name: 'directory.contact_requested', details: { reference } }),

    accepted: (unit: Unit, number: string, { reference, by }: Decided): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.contact_accepted',
        subject: formatIdNatPs(rpps(number)),
        ...(by && { actor: by }),
        details: { reference },
      }),

    refused: (unit: Unit, { reference, by, reason }: Decided & { reason: RefusalReason }): Promise<void> =>
      reporter.report(unit, {
        name: 'directory.contact_refused',
        ...(by && { actor: by }),
        details: { reference, reason },
      }),

    /** A file of contact details was read to its end. */
    imported: (unit: Unit, counts: Record<'created' | 'changed' | 'unchanged' | 'skipped', number>) =>
      reporter.report(unit, { name: 'directory.contacts_imported', details: counts }),
  };
}

import { formatIdNatPs } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { Persona } from './personas.ts';

export type SandboxEvents = ReturnType<typeof createEvents>;

export function createEvents(reporter: EventReporter) {
  const about = (name: string) => (unit: Unit, persona: Persona) =>
    reporter.report(unit, { name, subject: formatIdNatPs(persona.nationalId) });
  return {
    cardInserted: about('sandbox.card_inserted'),
    cardRevoked: about('sandbox.card_revoked'),
    pinRefused: about('sandbox.pin_refused'),
    clockAdvanced: (unit: Unit, advanceMs: number) =>
      reporter.report(unit, { name: 'sandbox.clock_advanced', details: { advanceMs } }),
  };
}

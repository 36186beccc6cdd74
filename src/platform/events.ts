import type { Unit } from './database/database.ts';

/** One business event: what happened, to whom, with details that may be kept (never a secret, code or phone number). */
export interface BusinessEvent {
  /** `module.past-tense`, such as `card.verified`. */
  name: string;
  /** Wire form of the national identifier concerned, where there is one. Reaches the trail, never the log. */
  subject?: string;
  /** Wire form of the national identifier of whoever did it for somebody else. Reaches the trail, never the log. */
  actor?: string;
  details?: Record<string, string | number | boolean | null>;
}

/**
 * One call per business event reaches trail, log and counters together: the trail row is written in the unit of
 * work, log and counters follow its commit. Modules declare one function per event on top of it in `events.ts`.
 */
export interface EventReporter {
  report(unit: Unit, event: BusinessEvent): Promise<void>;
}

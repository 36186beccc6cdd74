import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';

/** Tells the record's contacts that a link led somebody to their number: a wrong one would be somebody else. */
export interface LinkNotice {
  recipient: { email: string | null; phone: string | null; locale: Locale };
  /** Without prefix. */
  adeli: string;
  rpps: string;
  /** Instant, milliseconds. */
  at: number;
  /** **Ce n'est pas moi**: ends the enrolment. */
  notMeUrl: string;
}

export interface LinkNotices {
  /** Leaves if the unit commits. */
  send(unit: Unit, notice: LinkNotice): Promise<void>;
}

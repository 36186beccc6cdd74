import { hash } from 'node:crypto';
import type { Verification } from '#national-id';

/** The service that a repair leads back to. */
export interface TicketService {
  name: string;
  /** Its `initiate_login_uri` with `iss` (OpenID Connect Core 1.0 section 4); null where it has none. */
  url: string | null;
}

/** A sign-in under repair, which the session it was opened in need not outlive. Instants are milliseconds. */
export interface Ticket {
  id: string;
  /** The session that it names. */
  sid: string;
  service: TicketService | null;
  /** The last one of this person in that browser. */
  verification: Verification;
  /** The number of the record that it leads to; null where there is none, or where a link's conditions do not hold. */
  rpps: string | null;
  /** The enrolment behind the QR code that a card vouched for. */
  enrolmentId: string | null;
  /** The way that was chosen last, and when. */
  way: 'card' | 'mail' | null;
  wayAt: number | null;
  openedAt: number;
  expiresAt: number;
}

/** How the session that a browser has on wallet names its tickets. */
export interface TicketSession {
  uid: string;
  services: readonly { clientId: string; name: string; url: string | undefined }[];
}

/**
 * The name of a session's ticket for one of its services, or for none: an address, which tells nothing and proves
 * nothing. Made anew each time, so that a service can be told it before anybody opens it.
 */
export function ticketId(sid: string, clientId: string | null): string {
  return hash('sha256', JSON.stringify(['repair ticket', sid, clientId]), 'base64url').slice(0, 24);
}

/** What a session can open: its tickets by id, each with the service that it leads back to. */
export function ticketsOf({ uid, services }: TicketSession): Map<string, TicketService | null> {
  const own = services.map(
    ({ clientId, name, url = null }) => [ticketId(uid, clientId), { name, url }] as const,
  );
  return new Map([...own, [ticketId(uid, null), null]]);
}

/** The one of the service that was used last and can take a person back. */
export function preferredTicketId({ uid, services }: TicketSession): string {
  return ticketId(uid, services.find(({ url }) => url !== undefined)?.clientId ?? null);
}

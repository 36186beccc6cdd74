import type { Context } from 'hono';
import { sameNationalId, type Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CaseFile, RepairSession } from './case-file.ts';
import type { RepairEvents } from './events.ts';
import { ticketLifetimeMs } from './policy.ts';
import { preferredTicketId, type Ticket, type TicketService, ticketsOf } from './ticket.ts';
import type { TicketCookie } from './ticket-cookie.ts';
import type { TicketStore } from './ticket-store.ts';
import type { Progress } from './waiting.ts';

/** A ticket, and how things stand now. */
export interface OpenTicket {
  ticket: Ticket;
  file: CaseFile;
  progress: Progress;
}

export interface TicketsDependencies {
  database: Database;
  clock: Clock;
  store: TicketStore;
  cookie: TicketCookie;
  events: RepairEvents;
  findSession(c: Context<AppEnv>): Promise<RepairSession | undefined>;
  diagnose(verification: Verification): Promise<CaseFile>;
}

export type Tickets = ReturnType<typeof createTickets>;

/**
 * Who may open a ticket: the session that it names, which sets the cookie; then the cookie, once that session has
 * ended, or another of the same person has taken its place.
 */
export function createTickets(dependencies: TicketsDependencies) {
  const { clock, store, cookie, findSession } = dependencies;

  /** The ticket that this browser's cookie proves. */
  async function findHeld(c: Context<AppEnv>): Promise<Ticket | undefined> {
    const id = cookie.findId(c);
    const ticket = id === undefined ? undefined : await store.find(id, clock.now());
    return ticket && cookie.proves(c, ticket) ? ticket : undefined;
  }

  async function findBoth(c: Context<AppEnv>) {
    const [session, held] = await Promise.all([findSession(c), findHeld(c)]);
    const isOther = session && held && !isSamePerson(session, held);
    return { session, held: isOther ? undefined : held };
  }

  return {
    /** `undefined` where this browser may not open it. */
    async open(c: Context<AppEnv>, id: string): Promise<Ticket | undefined> {
      const { session, held } = await findBoth(c);
      const own = held?.id === id ? held : undefined;
      if (!session) return own;
      const service = own ? own.service : ticketsOf(session).get(id);
      return service === undefined
        ? undefined
        : openBySession(c, dependencies, { id, session, held: own, service });
    },

    /** The same without the session, which pages that poll do not touch. */
    async find(c: Context<AppEnv>, id: string): Promise<Ticket | undefined> {
      const held = await findHeld(c);
      return held?.id === id ? held : undefined;
    },

    /** The id of this browser's own ticket; `undefined` where nobody is known in it. */
    async findOwnId(c: Context<AppEnv>): Promise<string | undefined> {
      const { session, held } = await findBoth(c);
      return held?.id ?? (session && preferredTicketId(session));
    },

    findHeld,
  };
}

const isSamePerson = (session: RepairSession, { verification }: Ticket): boolean =>
  sameNationalId(session.verification.nationalId, verification.nationalId);

interface Opening {
  id: string;
  session: RepairSession;
  held: Ticket | undefined;
  service: TicketService | null;
}

async function openBySession(
  c: Context<AppEnv>,
  { database, clock, store, cookie, events, diagnose }: TicketsDependencies,
  { id, session, held, service }: Opening,
): Promise<Ticket | undefined> {
  const verification = newest(session.verification, held?.verification);
  const file = await diagnose(verification);
  const now = clock.now();
  const told = { id, sid: session.uid, service, verification, rpps: rppsOf(file) };
  const { openedAt } = await database.write(async (unit) => {
    const opened = await store.open(unit, { ...told, openedAt: now, expiresAt: now + ticketLifetimeMs });
    if (opened.isNew) await events.ticketOpened(unit, verification.nationalId, file.diagnosis.cause);
    return opened;
  });
  cookie.set(c, { id, openedAt });
  return store.find(id, now);
}

function newest(verification: Verification, other: Verification | undefined): Verification {
  return other && other.verifiedAt > verification.verifiedAt ? other : verification;
}

/** Also of somebody who signed in under it: the next sign-in under it ends the ticket. */
function rppsOf({ record, verification: { nationalId } }: CaseFile): string | null {
  return record?.rpps ?? (nationalId.kind === 'rpps' ? nationalId.value : null);
}

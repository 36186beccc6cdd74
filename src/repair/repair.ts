import type { Context, Hono } from 'hono';
import type { NationalId, Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CaseFile, RepairSession } from './case-file.ts';
import { claimOf, type RepairClaim } from './claim.ts';
import { diagnose } from './diagnosis.ts';
import { createEvents } from './events.ts';
import { gatherFacts, type RepairDirectory } from './gather-facts.ts';
import { startUrl } from './go-on.ts';
import type { LinkNotices } from './link-notice.ts';
import { paths } from './paths.ts';
import type { RepairAddresses, RepairEcps, RepairParts, SignInWish } from './repair-parts.ts';
import { createRoutes } from './routes.ts';
import { createShownAddresses, type ShownAddress } from './shown-addresses.ts';
import { type Ticket, ticketId } from './ticket.ts';
import { createTicketCookie } from './ticket-cookie.ts';
import { createTicketStore } from './ticket-store.ts';
import { createTickets } from './tickets.ts';

export interface RepairDependencies {
  database: Database;
  clock: Clock;
  events: EventReporter;
  directory: RepairDirectory;
  notices: LinkNotices;
  /** Absent where no e-CPS app is served. */
  ecps?: RepairEcps;
  addresses: RepairAddresses;
  /** 32 bytes, base64url: seals the cookies of tickets. */
  key: string;
  /** The session that this browser has on wallet. */
  findSession(c: Context<AppEnv>): Promise<RepairSession | undefined>;
  /** Ends a session everywhere: the means that opened it is superseded. */
  endSession(uid: string, reason: 'superseded'): Promise<void>;
  /** Where a browser signs in, to come back to `path`. */
  signInUrl(path: string, wish?: SignInWish): string;
}

export interface Repair {
  /** Wallet's pages. */
  routes: Hono<AppEnv>;
  diagnose(verification: Verification): Promise<CaseFile>;
  /** The `repair` claim of the contract (scope `repair`), for the service that asks in a session. */
  claim(verification: Verification, asked: { sid: string; clientId: string }): Promise<RepairClaim>;
  /** The repair that this browser is in; `undefined` where it is in none. */
  findTicketUrl(c: Context<AppEnv>): Promise<string | undefined>;
  /** The one that a person has opened, under either number; `returnUrl`: where she goes on once it is done. */
  findOpen(nationalId: NationalId): Promise<{ rpps: string | null; returnUrl: string | null } | undefined>;
  /** The first sign-in under the RPPS number ends a repair. */
  endBySignIn(unit: Unit, verification: Verification): Promise<void>;
  /** So does a sign-out, or somebody else in her place; not the end of a means that is superseded or removed. */
  endBySession(unit: Unit, sid: string): Promise<void>;
  /** A sign-out in a browser whose session has ended already. */
  endHeld(c: Context<AppEnv>): Promise<void>;
  /** Deletes what has expired. */
  sweep(): Promise<void>;
  /** For a sandbox, whose phones open them. */
  listAddresses(): Promise<ShownAddress[]>;
  /** What the page would show now; `undefined` once it shows none. */
  findAddress(id: string): Promise<string | undefined>;
}

export function createRepair(dependencies: RepairDependencies): Repair {
  const parts = createParts(dependencies);
  const { database, clock, store, cookie, tickets, addresses } = parts;
  return {
    routes: createRoutes(parts),
    diagnose: parts.diagnose,
    async claim(verification, { sid, clientId }) {
      const uri = new URL(paths.ticket(ticketId(sid, clientId)), addresses.wallet);
      return claimOf(await parts.diagnose(verification), uri);
    },
    async findTicketUrl(c) {
      const held = await tickets.findHeld(c);
      return held && new URL(paths.ticket(held.id), addresses.wallet).href;
    },
    async findOpen(nationalId) {
      const ticket = await store.findOf(nationalId, clock.now());
      return ticket && { rpps: ticket.rpps, returnUrl: returnUrlOf(ticket) };
    },
    async endBySignIn(unit, { nationalId }) {
      if (nationalId.kind === 'rpps') await store.end(unit, 'rpps', nationalId.value);
    },
    endBySession: (unit, sid) => store.end(unit, 'sid', sid),
    async endHeld(c) {
      const held = await tickets.findHeld(c);
      if (held) await database.write((unit) => store.end(unit, 'id', held.id));
      cookie.clear(c);
    },
    sweep: () => database.write((unit) => store.sweep(unit, clock.now())),
    ...createShownAddresses(parts),
  };
}

function createParts(dependencies: RepairDependencies): RepairParts {
  const { database, directory, ecps, key } = dependencies;
  const store = createTicketStore(database);
  const cookie = createTicketCookie(key);
  const events = createEvents(dependencies.events);
  const diagnoseNow = async (verification: Verification): Promise<CaseFile> => {
    const facts = await gatherFacts({ directory, ...(ecps ? { ecps } : {}) }, verification);
    const { record, ecps: state } = facts;
    const asOf = await directory.asOf();
    return { verification, diagnosis: diagnose(facts), record, ecps: state, asOf };
  };
  const shared = { ...dependencies, ecps, store, cookie, events, diagnose: diagnoseNow };
  return { ...shared, tickets: createTickets(shared) };
}

function returnUrlOf(ticket: Ticket): string | null {
  return ticket.rpps === null ? null : (startUrl(ticket, ticket.rpps) ?? null);
}

import type { Context } from 'hono';
import type { Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { CaseFile, RepairSession } from './case-file.ts';
import type { RepairEvents } from './events.ts';
import type { EcpsStates, RepairDirectory } from './gather-facts.ts';
import type { LinkNotices } from './link-notice.ts';
import type { TicketCookie } from './ticket-cookie.ts';
import type { TicketStore } from './ticket-store.ts';
import type { Tickets } from './tickets.ts';

/** An enrolment that a card has vouched for, by the address that its QR code shows. */
export interface CardEnrolment {
  id: string;
  url: string;
  /** **Ce n'est pas moi**. */
  notMeUrl: string;
}

export type CardEnrolmentState = 'waiting' | 'redeemed' | 'active' | 'ended';

/** What a repair asks of the phone authenticator. */
export interface RepairEcps extends EcpsStates {
  createCardEnrolment(
    request: { verification: Verification; rpps: string; locale: Locale },
    unit: Unit,
  ): Promise<CardEnrolment>;
  /** A fresh address; `undefined` once it was redeemed or is over. */
  renewCardLink(enrolmentId: string): Promise<CardEnrolment | undefined>;
  findCardEnrolment(enrolmentId: string): Promise<CardEnrolmentState | undefined>;
}

/** Where the ways out lead. */
export interface RepairAddresses {
  /** Wallet's base URL. */
  wallet: URL;
  /** Base URL of the e-CPS app. */
  app: URL;
  /** The page of contact details, which leads back to `returnTo`; absent where none is served. */
  contactPage?(returnTo: URL): URL;
  /** Path on wallet of **Mot de passe oublié**; absent where nobody can remove an e-CPS there. */
  forgotten?: string;
}

export interface SignInWish {
  /** Fills in the e-CPS page. */
  loginHint?: string;
  /** Only a card will do, read now. */
  byCard?: boolean;
}

/** What the pages of a repair are made of. */
export interface RepairParts {
  database: Database;
  clock: Clock;
  directory: RepairDirectory;
  events: RepairEvents;
  notices: LinkNotices;
  /** Absent where no e-CPS app is served. */
  ecps: RepairEcps | undefined;
  addresses: RepairAddresses;
  store: TicketStore;
  cookie: TicketCookie;
  tickets: Tickets;
  diagnose(verification: Verification): Promise<CaseFile>;
  /** The session that this browser has on wallet. */
  findSession(c: Context<AppEnv>): Promise<RepairSession | undefined>;
  /** Ends a session everywhere: the means that opened it is superseded. */
  endSession(uid: string, reason: 'superseded'): Promise<void>;
  /** Where a browser signs in, to come back to `path`. */
  signInUrl(path: string, wish?: SignInWish): string;
}

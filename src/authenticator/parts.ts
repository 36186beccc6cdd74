import type { Practitioner } from '#directory';
import type { NationalId } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { Changes } from './changes.ts';
import type { AuthenticatorEvents } from './events.ts';
import type { KeyBoxes } from './key-box.ts';
import type { Links } from './links.ts';
import type { Macs } from './macs.ts';
import type { Messages } from './messages-port.ts';
import type { RemovalStore } from './removal/removal-store.ts';
import type { ApprovalStore } from './stores/approval-store.ts';
import type { BrowserStore } from './stores/browser-store.ts';
import type { CredentialStore } from './stores/credential-store.ts';
import type { DeviceStore } from './stores/device-store.ts';
import type { EnrolmentStore } from './stores/enrolment-store.ts';

/** What this module asks of the directory. */
export interface AuthenticatorDirectory {
  findPractitioner(nationalId: NationalId): Promise<
    | {
        practitioner: Pick<Practitioner, 'active' | 'familyName' | 'givenName' | 'qualifications'>;
      }
    | undefined
  >;
  findContactDetails(
    nationalId: NationalId,
  ): Promise<{ email: string | null; phone: string | null } | undefined>;
  /** She answered what was sent to her details at `sentAt`: they are verified, unless they have changed since. */
  confirmContactDetails(unit: Unit, nationalId: NationalId, sentAt: number): Promise<void>;
  /** The former numbers that lead to an RPPS number, conditions not looked at. */
  findLinkedAdeli(rpps: string): Promise<string[]>;
  /** Where a former number leads, under the conditions that a link must meet. */
  resolveLink(
    adeli: string,
    claimed: { familyName: string; givenName: string; profession: string | null },
  ): Promise<{ outcome: 'none' | 'mismatch' | 'inactive' } | { outcome: 'linked'; rpps: string }>;
}

/** Sessions are not this module's; it tells when they must end: in the unit that is the reason, then at once. */
export interface EcpsSessions {
  /** What `endOpenedByEcps`, or `endUnder`, has not ended when this process dies is ended by another. */
  planEnd(unit: Unit, nationalId: NationalId, which: 'opened_by_ecps' | 'all'): Promise<void>;
  /** Those that the person's e-CPS opened: it was removed. */
  endOpenedByEcps(nationalId: NationalId): Promise<void>;
  /** All under a number that an e-CPS under RPPS supersedes. */
  endUnder(nationalId: NationalId): Promise<void>;
}

/** Repairs of a sign-in are not this module's; an app that does a step of one is told the way on. */
export interface OpenRepairs {
  /**
   * The one that a person has opened under either number. `returnUrl`: where she goes on once her e-CPS is active; null
   * where her service has no such address.
   */
  findOpen(nationalId: NationalId): Promise<{ rpps: string | null; returnUrl: string | null } | undefined>;
}

/** What the steps of this module share. */
export interface Parts {
  database: Database;
  clock: Clock;
  events: AuthenticatorEvents;
  directory: AuthenticatorDirectory;
  messages: Messages;
  sessions: EcpsSessions | undefined;
  repairs: OpenRepairs | undefined;
  limiter: RateLimiter;
  macs: Macs;
  links: Links;
  keyBoxes: KeyBoxes;
  changes: Changes;
  devices: DeviceStore;
  enrolments: EnrolmentStore;
  credentials: CredentialStore;
  approvals: ApprovalStore;
  browsers: BrowserStore;
  removals: RemovalStore;
  /** The app as phones see it. */
  appUrl: URL;
}

/** Where a call comes from. */
export interface Caller {
  address: string;
  /** The phone as it describes itself, such as `Chrome, Android`. */
  device: string;
  place: string | null;
}

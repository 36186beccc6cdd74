import type { Authenticator } from '#authenticator';
import type { Practitioner } from '#directory';
import type { NationalId } from '#national-id';

/** What the sandbox asks of the directory. */
export interface SeedDirectory {
  importExtracts(files: string[]): Promise<unknown>;
  importLinks(file: string): Promise<unknown>;
  importContacts(file: string): Promise<unknown>;
  /** Instant of the last extract applied; null while empty. */
  asOf(): Promise<number | null>;
  /** The generation that is served; 0 is the empty directory. */
  generation(): Promise<number>;
  /** Keeps it whatever is imported later. */
  pinGeneration(generation: number): Promise<void>;
  restoreGeneration(generation: number): Promise<void>;
  findContactDetails(
    nationalId: NationalId,
  ): Promise<{ email: string | null; phone: string | null } | undefined>;
  findPractitioner(
    nationalId: NationalId,
  ): Promise<{ practitioner: Pick<Practitioner, 'active'> } | undefined>;
}

/** What the sandbox asks of the authenticator beside its API: the state of an e-CPS, and what only a sandbox may do. */
export type PhoneAuthority = Pick<Authenticator, 'findState' | 'sandbox'>;

/** An address of the app that a page of a repair shows now as a QR code; its token changes, its id does not. */
export interface RepairAddress {
  id: string;
  givenName: string;
  familyName: string;
  /** `card`: the code that a card vouched for; `mail`: the app with her number. */
  way: 'card' | 'mail';
  /** Since when, milliseconds. */
  at: number;
}

/** What the sandbox asks of the repair: a phone in a frame has no camera before another page. */
export interface RepairAddresses {
  listAddresses(): Promise<RepairAddress[]>;
  findAddress(id: string): Promise<string | undefined>;
}

/** One business event of the trail. */
export interface TrailEvent {
  id: string;
  /** Instant, milliseconds. */
  at: number;
  name: string;
  /** Wire form of the national identifier concerned. */
  subject: string | null;
  details: Record<string, string | number | boolean | null>;
}

export interface Trail {
  /** Newest first. */
  latest(limit: number): Promise<TrailEvent[]>;
}

/** Base URLs of the other listeners. */
export interface SandboxUrls {
  portal: URL;
  connect: URL;
  wallet: URL;
  app: URL;
  directory: URL;
  sandbox: URL;
  card: URL;
}

import type { Context } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { ContactDesk } from '../contacts/contact-desk.ts';
import type { Directory } from '../directory.ts';

/** Somebody who is signed in on this site. */
export interface SignedInPerson {
  /** Wire form of the national identifier. */
  idNatPs: string;
  signedIn: SignedIn;
}

/** How people sign in on this site: the directory itself signs nobody in. */
export interface SignInGate {
  findPerson(c: Context<AppEnv>): Promise<SignedInPerson | undefined>;
  /** Lets in whoever has a session at the provider, without a page; else comes back to `deniedTo`. */
  signInSilently(c: Context<AppEnv>, returnTo: string, deniedTo: string): Promise<Response>;
  /** Target of the link that signs in and comes back to `returnTo`. */
  startHref(returnTo: string): string;
}

export interface OperatorPagesDependencies {
  gate: SignInGate;
  /** Wire forms of the national identifiers of those who may. */
  operators: readonly string[];
  /** Name of the invented person who is one in a sandbox. */
  inventedOperator?: string;
  directory: Pick<Directory, 'store' | 'findPractitioner' | 'listRuns' | 'findRun' | 'counts'>;
  desk: ContactDesk;
  clock: Clock;
}

/** One request of an operator. */
export interface OperatorVisit extends OperatorPagesDependencies {
  c: Context<AppEnv>;
  operator: SignedInPerson;
}

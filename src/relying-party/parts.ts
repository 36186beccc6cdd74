import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/logger.ts';
import type { RelyingPartyAddresses } from './addresses.ts';
import type { RelyingPartyEvents } from './events.ts';
import type { Issuer } from './issuer.ts';
import type { LoginStore } from './login-store.ts';
import type { SessionStore } from './session-store.ts';

/** What the steps of one relying party share. */
export interface Parts {
  database: Database;
  clock: Clock;
  logger: Logger;
  events: RelyingPartyEvents;
  logins: LoginStore;
  sessions: SessionStore;
  issuer: Issuer;
  /** Name of the listener, which its cookies and rows carry. */
  party: string;
  /** The client identifier, which tokens for us are made out to. */
  audience: string;
  addresses: RelyingPartyAddresses;
  /** The parameters that each authorization request carries. */
  authorizationParameters: Record<string, string>;
  /** Where a person goes after signing in, unless they wanted to go elsewhere. */
  homePath: string;
}

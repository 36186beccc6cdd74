import type { Context } from 'hono';
import type { Verification } from '#national-id';
import type { Locale } from '#platform/html/messages.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Parts } from '../parts.ts';

/** What the pages on wallet ask of other modules. */
export interface WalletPorts {
  cards: RemovalCards;
  /** Where a repair that this browser is in goes on; `undefined` where it is in none. */
  ticketUrl(c: Context<AppEnv>): Promise<string | undefined>;
}

type Reader = 'first' | 'own';

/** The smart card's attempts, made for a removal in place of a sign-in. */
export interface RemovalCards {
  createAttempt(input: { signInId: string; reader: Reader; locale: Locale }): Promise<{ url: string }>;
  /** `undefined` for a code that is unknown, used, too old, or made for another attempt. */
  consumeCode(input: {
    signInId: string;
    code: string;
  }): Promise<{ verification: Verification } | { failure: string } | undefined>;
  /** The reader that failed last. */
  findFailure(signInId: string): Promise<{ reader: Reader } | undefined>;
}

export type RemovalParts = Parts & WalletPorts;

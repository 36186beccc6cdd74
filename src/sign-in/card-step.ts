import type { Verification } from '#national-id';
import type { Locale } from '#platform/html/messages.ts';
import type { CardFailure, Reader } from '#smart-card';

export interface FailedCard {
  failure: CardFailure;
  /** The reader that failed. */
  reader: Reader;
}

/** What this module asks of the smart card. */
export interface CardReaders {
  createAttempt(input: { signInId: string; reader: Reader; locale: Locale }): Promise<{ url: string }>;
  /** `undefined` for a code that is unknown, used, too old, or made for another sign-in. */
  consumeCode(input: {
    signInId: string;
    code: string;
  }): Promise<{ verification: Verification } | FailedCard | undefined>;
  /** The last failure of a sign-in. */
  findFailure(signInId: string): Promise<FailedCard | undefined>;
}

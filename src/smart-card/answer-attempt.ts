import type { Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { CardAttemptStore, Presentation, Reader } from './card-attempt-store.ts';
import type { CardIdentity } from './card-identity.ts';
import type { SmartCardEvents } from './events.ts';
import { newOneTimeCode } from './one-time-code.ts';
import { codeLifetimeMs } from './policy.ts';
import type { CrlSource } from './revocation.ts';
import type { Trust } from './trust.ts';
import { type CardOutcome, type PresentedCard, verifyCertificate } from './verify-certificate.ts';

export interface AnswerAttemptDependencies {
  database: Database;
  clock: Clock;
  store: CardAttemptStore;
  events: SmartCardEvents;
  trust: Trust;
  crl: CrlSource;
  walletUrl: URL;
  findReturnPath?: (attemptFor: string) => string | undefined;
}

/**
 * Gives an attempt its one answer: the card is judged, the outcome stored, and a one-time code made that redeems
 * into it. Success and failure leave alike: only the wallet learns which it was, from the store.
 */
export function createAnswerAttempt(dependencies: AnswerAttemptDependencies) {
  const { database, clock, store, events, trust, crl } = dependencies;

  async function record(unit: Unit, presentation: Presentation, outcome: CardOutcome) {
    const attempt = await store.present(unit, presentation);
    if (!attempt) return undefined;
    const { reader } = presentation;
    if (outcome.failure) await events.refused(unit, outcome.failure, outcome.identity, reader);
    else await events.verified(unit, outcome.identity, reader);
    return attempt;
  }

  /** The address in the wallet that goes on; `undefined` where no such attempt waits for a card. */
  return async (attemptId: string, card: PresentedCard, reader: Reader): Promise<string | undefined> => {
    const now = clock.now();
    if (!(await store.isOpen(attemptId, now))) return undefined;
    const outcome = await verifyCertificate(card, { trust, crls: await crl(), now });
    const { code, codeHash } = newOneTimeCode();
    const presentation = {
      attemptId,
      reader,
      presentedAt: now,
      codeHash,
      codeExpiresAt: now + codeLifetimeMs,
      result: outcome.failure
        ? { failure: outcome.failure }
        : { verification: toVerification(outcome.identity, now) },
    };
    const attempt = await database.write((unit) => record(unit, presentation, outcome));
    return attempt && returnUrl(dependencies, attempt.signInId, code);
  };
}

const toVerification = (identity: CardIdentity, verifiedAt: number): Verification => ({
  ...identity,
  method: 'card',
  verifiedAt,
});

function returnUrl(
  { walletUrl, findReturnPath }: AnswerAttemptDependencies,
  signInId: string,
  code: string,
): string {
  const path = findReturnPath?.(signInId) ?? `/connexion/${encodeURIComponent(signInId)}/carte/retour`;
  const url = new URL(path, walletUrl);
  url.searchParams.set('code', code);
  return url.href;
}

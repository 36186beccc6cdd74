import { rpps, type Verification } from '#national-id';
import type { Database } from '#platform/database/database.ts';
import { randomLabel } from '#platform/ids.ts';
import type { SignInDependencies } from '#sign-in';
import { createCardAttemptStore } from '../src/smart-card/card-attempt-store.ts';
import { hashCode } from '../src/smart-card/one-time-code.ts';

const lifetimeMs = 60_000;

/** A persona of the sandbox, with two places of practice. */
const verifiedNow = (now: number): Verification => ({
  nationalId: rpps('99700014253'),
  givenName: 'Julien',
  familyName: 'Marchand',
  profession: '60',
  method: 'card',
  verifiedAt: now,
});

/**
 * Card readers whose card was verified before: whatever code comes, the row of its attempt is made as the card listener
 * leaves it, and redeemed, in one unit of work by the real store.
 */
export function createVerifiedCards(database: Database): SignInDependencies['cards'] {
  const store = createCardAttemptStore(database);
  return {
    createAttempt: () => Promise.reject(new Error('The card was verified already.')),
    findFailure: async () => undefined,
    consumeCode: ({ signInId, code }) =>
      database.write(async (unit) => {
        const now = Date.now();
        const id = randomLabel();
        const codeHash = hashCode(code);
        const times = { createdAt: now, expiresAt: now + lifetimeMs };
        const result = { verification: verifiedNow(now) };
        await store.create(unit, { id, signInId, reader: 'first', ...times });
        await store.present(unit, {
          attemptId: id,
          reader: 'first',
          presentedAt: now,
          codeHash,
          codeExpiresAt: now + lifetimeMs,
          result,
        });
        return store.consume(unit, { signInId, codeHash, now });
      }),
  };
}

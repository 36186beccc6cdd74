import { drawNumbers } from '#authenticator';
import { formatIdNatPs, type NationalId } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { Asked, BackchannelApprovals, BackchannelQuestion } from '../approvals.ts';
import type { CardQuestion } from './card-question.ts';
import type { CardQuestionStore } from './card-question-store.ts';

export interface CardApprovalsDependencies {
  database: Database;
  clock: Clock;
  limiter: RateLimiter;
  questions: CardQuestionStore;
  isPractitioner(nationalId: NationalId): Promise<boolean>;
}

/** As often as one browser may ask a phone. */
const limit = { most: 20, windowMs: 600_000 };

/** The person's card, read for the question on a page of wallet. Nobody is disturbed: she opens that page herself. */
export function createCardApprovals(dependencies: CardApprovalsDependencies): BackchannelApprovals {
  const { database, clock, limiter, questions, isPractitioner } = dependencies;
  const find = async ({ id, signInId }: Asked): Promise<CardQuestion | undefined> => {
    const question = await questions.find(id);
    return question?.signInId === signInId ? question : undefined;
  };
  return {
    method: 'card',
    message: /^\d{2}$/,
    isKnown: isPractitioner,

    request: (asked) =>
      database.write(async (unit) => {
        const { nationalId, service } = asked;
        const key = `oidc card question ${service.clientId} ${formatIdNatPs(nationalId)}`;
        const refused = await limiter.take(unit, key, limit);
        if (refused) return { outcome: 'limited', until: refused.retryAt };
        await questions.supersede(unit, nationalId, service.clientId);
        const question = newQuestion(asked, clock.now());
        await questions.create(unit, question);
        return { outcome: 'pending', approvalId: question.id };
      }),

    async findStatus(asked) {
      const question = await find(asked);
      const isLate = question?.status === 'pending' && question.expiresAt <= clock.now();
      return isLate ? 'expired' : question?.status;
    },

    async findApproved(asked) {
      const question = await find(asked);
      return question?.status === 'approved' ? (question.verification ?? undefined) : undefined;
    },

    async consume(asked, unit) {
      const question = await find(asked);
      return (
        question !== undefined && questions.advance(unit, question.id, 'approved', { status: 'consumed' })
      );
    },
  };
}

function newQuestion(asked: BackchannelQuestion, now: number): CardQuestion {
  const { signInId, nationalId, service, message, lifetimeMs } = asked;
  return {
    id: newId('crd'),
    ...{ signInId, nationalId, service },
    ...drawNumbers(Number(message)),
    status: 'pending',
    verification: null,
    askedAt: now,
    expiresAt: now + lifetimeMs,
  };
}

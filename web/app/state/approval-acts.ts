import { CallRefused, type StoredCredential } from '#ecps-phone';
import type { ApprovalView } from '../../../src/authenticator/wire.ts';
import type { Parts } from './app.ts';
import type { Result } from './app-state.ts';

/** The answers to a request. */
export function createApprovalActs({ state, access, synchronizer, changed }: Parts) {
  function end({ id }: ApprovalView, result: Result): void {
    synchronizer.markAnswered(id);
    const approvals = state.get().approvals.filter((approval) => approval.id !== id);
    state.set({ approvals, result });
    changed();
  }

  /** A request that ended meanwhile is shown as that. */
  async function answer(approval: ApprovalView, call: () => Promise<Result>): Promise<void> {
    try {
      end(approval, await call());
    } catch (error) {
      if (!isOver(error)) throw error;
      end(approval, { kind: 'over' });
    }
  }

  return {
    /** Throws `PasswordRefused` while the request stays open. */
    approve: (
      stored: StoredCredential,
      approval: ApprovalView,
      answered: { number: number | null; password: string },
    ) =>
      answer(approval, async () => {
        const { status, failuresBefore } = await (await access.get()).approve(stored, approval, answered);
        return status === 'approved'
          ? { kind: 'approved', approval, failuresBefore }
          : { kind: 'wrong_number' };
      }),

    refuse: (stored: StoredCredential, approval: ApprovalView, reason: 'refused' | 'not_me') =>
      answer(approval, async () => {
        await (await access.get()).refuse(approval.id, stored.id, reason);
        return { kind: reason };
      }),

    /** Its time is over by the server's clock. */
    expire: (approval: ApprovalView) => end(approval, { kind: 'over' }),
  };
}

const isOver = (error: unknown) =>
  error instanceof CallRefused && ['approval.ended', 'approval.unknown'].includes(error.code);

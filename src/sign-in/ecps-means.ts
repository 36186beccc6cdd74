import { formatIdNatPs, type NationalId } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { ApprovalQuestion, EcpsApprovals } from './ecps-step.ts';
import type { Progress } from './next-step.ts';
import { progressRetentionMs } from './policy.ts';
import { createProgressStore } from './progress-store.ts';

export interface EcpsMeansDependencies {
  approvals: EcpsApprovals;
  database: Database;
  clock: Clock;
  /** Where the app is. */
  appUrl: URL;
  /** Page on wallet that removes an e-CPS whose password is forgotten; absent where nobody can. */
  forgottenPath?: string;
}

export type EcpsMeans = ReturnType<typeof createEcpsMeans>;

/** What an e-CPS adds to a sign-in: its progress is stored, since the answer comes from elsewhere. */
export function createEcpsMeans(dependencies: EcpsMeansDependencies) {
  const { approvals, database, clock, appUrl, forgottenPath } = dependencies;
  const store = createProgressStore(database);
  const save = (signInId: string, progress: Progress) =>
    database.write(async (unit) => {
      const now = clock.now();
      await store.deleteUntouched(unit, now - progressRetentionMs);
      await store.save(unit, signInId, progress, now);
    });
  const cancel = async (signInId: string, approvalId: string | null | undefined) => {
    if (approvalId) await approvals.cancelApproval({ id: approvalId, signInId });
  };
  return {
    appUrl,
    forgottenPath,
    clock,
    approvals,
    findProgress: store.find,

    /** Goes to a means or to the choice; a request that still waits ends. */
    async turnTo(at: Progress['at'], signInId: string): Promise<void> {
      const progress = await store.find(signInId);
      await cancel(signInId, progress?.approvalId);
      await save(signInId, { at, identifier: progress?.identifier ?? null, approvalId: null, refusal: null });
    },

    /** The person goes back to the service. */
    async leave(signInId: string): Promise<void> {
      await cancel(signInId, (await store.find(signInId))?.approvalId);
    },

    /** Makes a request; its id, or `undefined` where it reached no phone. */
    async request(
      question: Omit<ApprovalQuestion, 'identifier'>,
      identifier: NationalId,
    ): Promise<string | undefined> {
      const answer = await approvals.requestApproval({ ...question, identifier: formatIdNatPs(identifier) });
      const approvalId = answer.outcome === 'pending' ? answer.approval.id : null;
      const refusal = answer.outcome === 'pending' || answer.outcome === 'malformed' ? null : answer;
      await save(question.signInId, { at: 'ecps', identifier, approvalId, refusal });
      return approvalId ?? undefined;
    },
  };
}

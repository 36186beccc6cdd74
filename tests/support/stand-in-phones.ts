import { parseIdNatPs, type Verification } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Approval, ApprovalQuestion, ApprovalStatus, EcpsApprovals, RefusedRequest } from '#sign-in';

/** Phones that answer what a test tells them: the wallet's side of an e-CPS, without the e-CPS. */
export interface StandInPhones {
  approvals: EcpsApprovals;
  /** Every request, oldest first. */
  questions: ApprovalQuestion[];
  /** What the next requests come to; `undefined`: they wait on the phone. */
  refusal: RefusedRequest | undefined;
  /** Whether **Ce n'est pas moi** stopped the e-CPS. */
  frozen: boolean;
  /** Answers the last request. */
  answer(status: ApprovalStatus): void;
  statusOf(id: string): ApprovalStatus | undefined;
}

interface Asked extends Approval {
  signInId: string;
  browserHash: string;
}

const lifetimeMs = 120_000;

export function createStandInPhones(clock: Clock): StandInPhones {
  const asked: Asked[] = [];
  const find = (id: string, signInId: string) =>
    asked.find((approval) => approval.id === id && approval.signInId === signInId);
  const phones: StandInPhones = {
    questions: [],
    refusal: undefined,
    frozen: false,
    answer: (status) => {
      const last = asked.at(-1);
      if (last) last.status = status;
    },
    statusOf: (id) => asked.find((approval) => approval.id === id)?.status,
    approvals: {
      async requestApproval(question) {
        phones.questions.push(question);
        if (phones.refusal) return phones.refusal;
        const nationalId = parseIdNatPs(question.identifier);
        if (!nationalId) return { outcome: 'malformed' };
        const { signInId, browserHash } = question;
        for (const older of asked)
          if (older.browserHash === browserHash && older.status === 'pending') older.status = 'superseded';
        const id = `apr_${asked.length}`;
        const expiresAt = clock.now() + lifetimeMs;
        asked.push({
          id,
          signInId,
          browserHash,
          nationalId,
          expiresAt,
          status: 'pending',
          number: 40 + asked.length,
        });
        return { outcome: 'pending', approval: { id } };
      },
      async findApproval(id, signInId) {
        const approval = find(id, signInId);
        if (approval?.status === 'pending' && approval.expiresAt <= clock.now()) approval.status = 'expired';
        return approval && { ...approval };
      },
      async findApproved({ id, signInId }) {
        const approval = find(id, signInId);
        return approval?.status === 'approved' ? verificationOf(approval, clock) : undefined;
      },
      async consumeApproval({ id, signInId }) {
        const approval = find(id, signInId);
        if (approval?.status !== 'approved') return undefined;
        approval.status = 'consumed';
        return verificationOf(approval, clock);
      },
      async cancelApproval({ id, signInId }) {
        const approval = find(id, signInId);
        if (approval?.status === 'pending') approval.status = 'cancelled';
      },
      findState: async () => (phones.frozen ? 'frozen' : 'active'),
      async thaw() {
        phones.frozen = false;
      },
    },
  };
  return phones;
}

function verificationOf({ nationalId }: Approval, clock: Clock): Verification {
  return {
    nationalId,
    givenName: 'Jeanne',
    familyName: 'ENROLEE',
    profession: '60',
    method: 'ecps',
    verifiedAt: clock.now(),
  };
}

import { hash } from 'node:crypto';
import type { Authenticator } from '#authenticator';
import { formatIdNatPs, type NationalId } from '#national-id';
import type { BackchannelApprovals, BackchannelQuestion } from './approvals.ts';

export interface PhoneApprovalsDependencies {
  authenticator: Pick<
    Authenticator,
    'requestApproval' | 'findApproval' | 'findApproved' | 'consumeApproval' | 'findState'
  >;
  /** Whether the directory holds anybody under a number: it is public, what e-CPS there are is not. */
  isPractitioner(nationalId: NationalId): Promise<boolean>;
}

/**
 * The person's phone, with the records and the limits of the sign-in page. A number of the directory without e-CPS looks
 * as it does there: nobody answers.
 */
export function createPhoneApprovals({
  authenticator,
  isPractitioner,
}: PhoneApprovalsDependencies): BackchannelApprovals {
  return {
    method: 'ecps',
    // pro-sante-connect.md 3: two digits that the other screen shows.
    message: /^\d{2}$/,
    isKnown: async (nationalId) =>
      (await isPractitioner(nationalId)) || (await authenticator.findState(nationalId)) !== 'none',

    async request(question) {
      const answer = await authenticator.requestApproval(toApprovalQuestion(question));
      if (answer.outcome === 'pending') return { outcome: 'pending', approvalId: answer.approval.id };
      return answer.outcome === 'malformed' ? { outcome: 'unknown' } : answer;
    },

    findStatus: async ({ id, signInId }) => (await authenticator.findApproval(id, signInId))?.status,
    findApproved: (asked) => authenticator.findApproved(asked),
    consume: async (asked, unit) => (await authenticator.consumeApproval(asked, unit)) !== undefined,
  };
}

/** To limits a service that asks for a person is one browser: its newer request takes the older one's place. */
function toApprovalQuestion(question: BackchannelQuestion) {
  const { signInId, nationalId, service, message, lifetimeMs } = question;
  const identifier = formatIdNatPs(nationalId);
  return {
    signInId,
    identifier,
    browserHash: hash('sha256', `ciba\n${service.clientId}\n${identifier}`, 'hex'),
    address: `client ${service.clientId}`,
    service,
    device: `Programme de ${service.name}`,
    place: null,
    number: Number(message),
    lifetimeMs,
  };
}

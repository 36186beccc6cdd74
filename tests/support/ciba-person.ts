import type { BackchannelApprovals } from '#oidc';
import { rppsNurse } from './provider-site.ts';

export type CibaPersonStatus = Awaited<ReturnType<BackchannelApprovals['findStatus']>>;
type Question = Parameters<BackchannelApprovals['request']>[0];
export type CibaPersonAnswer = Awaited<ReturnType<BackchannelApprovals['request']>>;

/** Somebody who answers what a test tells her. */
export function createCibaPerson() {
  const person = {
    status: 'pending' as CibaPersonStatus,
    refusal: undefined as CibaPersonAnswer | undefined,
    questions: [] as Question[],
    verification: rppsNurse({ now: Date.now }),
    /** Whether somebody else took the answer over, as a concurrent poll does. */
    isTaken: false,
  };
  const approvals: BackchannelApprovals = {
    method: 'ecps',
    message: /^\d{2}$/,
    isKnown: async () => true,
    async request(question) {
      person.questions.push(question);
      return person.refusal ?? { outcome: 'pending', approvalId: `apr_${person.questions.length}` };
    },
    findStatus: async ({ id, signInId }) =>
      id === `apr_${person.questions.length}` && signInId === person.questions.at(-1)?.signInId
        ? person.status
        : undefined,
    findApproved: async () => ({ ...person.verification, method: 'ecps' }),
    consume: async () => !person.isTaken,
  };
  return { person, approvals };
}

import type { Approval } from '../stores/approval-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { ApprovalView } from '../wire.ts';

/** What a phone is asked; never which number is right. */
export function viewApproval(approval: Approval, credentialIds: string[]): ApprovalView {
  const { signIn, state } = approval;
  return {
    id: approval.id,
    kind: state.kind,
    credentialIds,
    nationalId: numberView(approval.nationalId),
    service: signIn && { clientId: signIn.clientId, name: signIn.serviceName },
    device: approval.device,
    place: approval.place,
    requestedAt: approval.requestedAt,
    expiresAt: state.expiresAt,
    numbers: signIn?.numbers ?? null,
  };
}

import type { ApprovalPayload, ApprovalView } from '../wire.ts';

/**
 * What K_auth signs to approve: all that the person was shown, in this order of members. The phone builds it from
 * what it showed, the server from what it asked, and both must be the same text.
 */
export function approvalPayload(
  asked: Omit<ApprovalView, 'credentialIds' | 'numbers'>,
  credential: string,
  number: number | null,
): ApprovalPayload {
  const { kind: numberKind, value } = asked.nationalId;
  return {
    approval: asked.id,
    kind: asked.kind,
    credential,
    nationalId: { kind: numberKind, value },
    client: asked.service?.clientId ?? null,
    service: asked.service?.name ?? null,
    device: asked.device,
    place: asked.place,
    requestedAt: asked.requestedAt,
    expiresAt: asked.expiresAt,
    number,
  };
}

import { newId } from '#platform/ids.ts';
import { getOwnCredential } from '../credentials/end-credential.ts';
import { take } from '../limit.ts';
import type { Parts } from '../parts.ts';
import { limits, passwordChangeLifetimeMs } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import type { Approval } from '../stores/approval-store.ts';
import type { ApprovalView } from '../wire.ts';
import { assertUsable } from './answer-approval.ts';
import { viewApproval } from './approval-view.ts';

/**
 * **Changer mon mot de passe**: a question of the phone to itself, within which the old password is tried as for any
 * other, and K_auth's signature lets the element of the new one be evaluated. The server learns neither.
 */
export async function startPasswordChange(parts: Parts, call: SignedCall, id: string): Promise<ApprovalView> {
  const credential = await getOwnCredential(parts, id, call.thumbprint);
  const now = parts.clock.now();
  assertUsable(credential, now);
  const approval: Approval = {
    id: newId('apr'),
    state: {
      kind: 'password',
      status: 'pending',
      expiresAt: now + passwordChangeLifetimeMs,
      newElement: null,
    },
    nationalId: credential.nationalId,
    signIn: null,
    enrolmentId: null,
    device: credential.device,
    place: null,
    requestedAt: now,
    credentialId: id,
  };
  await parts.database.write(async (unit) => {
    await call.record(unit);
    await take(parts, unit, `password change ${call.thumbprint}`, limits.passwordChangesByDevice);
    await parts.approvals.create(unit, approval);
  });
  return viewApproval(approval, [id]);
}

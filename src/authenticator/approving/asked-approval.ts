import type { Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { next, statusAt } from '../approval.ts';
import { isUsable } from '../credentials/credential-status.ts';
import type { AskedApproval } from '../face.ts';
import type { Parts } from '../parts.ts';
import type { Approval } from '../stores/approval-store.ts';

interface Asked {
  id: string;
  signInId: string;
}

/** How a question stands, for the sign-in that asked. */
export async function findApproval(parts: Parts, asked: Asked): Promise<AskedApproval | undefined> {
  const approval = await findAsked(parts, asked);
  if (!approval?.signIn) return undefined;
  const { id, state, nationalId, requestedAt, signIn } = approval;
  const status = statusAt(state, parts.clock.now());
  return { id, status, nationalId, requestedAt, number: signIn.number, expiresAt: state.expiresAt };
}

async function findAsked({ approvals }: Parts, { id, signInId }: Asked): Promise<Approval | undefined> {
  const approval = await approvals.find(id);
  return approval?.signIn?.signInId === signInId ? approval : undefined;
}

/** Who approved, while nobody has been told for good and her e-CPS may still sign. */
export async function findApproved(parts: Parts, asked: Asked): Promise<Verification | undefined> {
  const approval = await findAsked(parts, asked);
  const at = parts.clock.now();
  const step = approval && next(approval.state, { type: 'consumed', at });
  if (!step || 'refusal' in step) return undefined;
  const credential = await parts.credentials.find(approval.credentialId ?? '');
  if (!credential || !isUsable(credential, at)) return undefined;
  return { nationalId: approval.nationalId, ...credential.holder, method: 'ecps', verifiedAt: at };
}

/** Hands over who approved, once, if her e-CPS may still sign; this browser is then one of hers. */
export async function consumeApproval(
  parts: Parts,
  asked: Asked,
  given?: Unit,
): Promise<Verification | undefined> {
  const approval = await findAsked(parts, asked);
  const at = parts.clock.now();
  const step = approval && next(approval.state, { type: 'consumed', at });
  if (!step || 'refusal' in step || !approval.signIn) return undefined;
  const { nationalId, credentialId, signIn } = approval;
  const consume = async (unit: Unit): Promise<Verification | undefined> => {
    if (!(await parts.approvals.advance(unit, approval, step.state, { at }))) return undefined;
    const credential = await parts.credentials.find(credentialId ?? '', unit);
    if (!credential || !isUsable(credential, at)) return undefined;
    await parts.browsers.remember(unit, nationalId, signIn.browserHash, at);
    return { nationalId, ...credential.holder, method: 'ecps', verifiedAt: at };
  };
  return given ? consume(given) : parts.database.write(consume);
}

/** The person goes another way: her phones stop asking. */
export async function cancelApproval(parts: Parts, asked: Asked): Promise<void> {
  const approval = await findAsked(parts, asked);
  const at = parts.clock.now();
  const step = approval && next(approval.state, { type: 'cancelled', at });
  if (!step || 'refusal' in step) return;
  await parts.database.write((unit) => parts.approvals.advance(unit, approval, step.state, { at }));
  parts.changes.announce(approval.nationalId);
}

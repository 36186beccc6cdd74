import type { Unit } from '#platform/database/database.ts';
import { type ApprovalEvent, next } from '../approval.ts';
import { statusOf } from '../credentials/credential-status.ts';
import { getOwnCredential } from '../credentials/end-credential.ts';
import { advanceEnrolment } from '../enrolling/advance-enrolment.ts';
import { findNoticeRecipient } from '../enrolling/recipient.ts';
import type { EnrolmentEvent } from '../enrolment.ts';
import { errors } from '../errors.ts';
import type { NoticeRecipient } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import { approvalPayload } from '../phone/approval-payload.ts';
import { blockedBrowserMs } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import { parseJson, parseJws, verifyJws } from '../signature.ts';
import type { Approval } from '../stores/approval-store.ts';
import type { Credential } from '../stores/credential-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { ApprovalReceipt, ApprovalRequest, RefusalRequest } from '../wire.ts';
import { viewApproval } from './approval-view.ts';

/** A question and the e-CPS that answers it, both this phone's. */
export interface OwnQuestion {
  approval: Approval;
  credential: Credential;
}

/** Throws `approval.unknown`, or why the e-CPS may not answer. */
export async function getOwnQuestion(
  parts: Parts,
  { thumbprint }: SignedCall,
  { id, credentialId }: { id: string; credentialId: string },
): Promise<OwnQuestion> {
  const credential = await getOwnCredential(parts, credentialId, thumbprint);
  const approval = await parts.approvals.find(id);
  if (!approval || !isAsked(approval, credential)) throw errors('approval.unknown');
  return { approval, credential };
}

function isAsked({ nationalId, state, credentialId }: Approval, credential: Credential): boolean {
  if (state.kind === 'password') return credentialId === credential.id;
  return nationalId.kind === credential.nationalId.kind && nationalId.value === credential.nationalId.value;
}

/** Throws where the e-CPS is expired or frozen; a lock is the count's affair. */
export function assertUsable(credential: Credential, now: number): void {
  const status = statusOf(credential, now);
  if (status === 'expired' || status === 'frozen') throw errors(`credential.${status}`);
}

/**
 * **Confirmer**: K_auth has signed exactly what was asked. That ends the run of wrong passwords, whichever number was
 * chosen; the number has one try.
 */
export async function approve(
  parts: Parts,
  call: SignedCall,
  id: string,
  request: ApprovalRequest,
): Promise<ApprovalReceipt> {
  const question = await getOwnQuestion(parts, call, { id, credentialId: request.credentialId });
  const { approval, credential } = question;
  assertUsable(credential, parts.clock.now());
  const number = verifySignature(question, request.jws);
  const numberMatches = number === (approval.signIn?.number ?? null);
  const recipient =
    approval.state.kind === 'password' ? await findNoticeRecipient(parts.directory, credential) : undefined;
  await parts.database.write(async (unit) => {
    await call.record(unit);
    await answer(parts, unit, question, { type: 'signed', numberMatches, at: parts.clock.now() });
    if (!(await parts.credentials.resetRun(unit, credential.id))) throw errors('credential.gone');
    await reportAnswer(parts, unit, question, numberMatches);
    if (recipient) await noticeChange(parts, unit, credential, recipient);
  });
  const failuresBefore = Math.max(0, credential.count.failures - 1);
  return { status: numberMatches ? 'approved' : 'wrong_number', failuresBefore };
}

/** The number that was chosen. The server builds the payload itself: what was signed is what was asked. */
function verifySignature({ approval, credential }: OwnQuestion, text: string): number | null {
  const jws = parseJws(text);
  if (!jws || !verifyJws(jws, 'ecps-approval+jwt', credential.authKey))
    throw errors('signature.invalid', 'jws');
  const number = readNumber(parseJson(jws.payloadText));
  const expected = approvalPayload(viewApproval(approval, []), credential.id, number);
  if (jws.payloadText !== JSON.stringify(expected)) throw errors('signature.invalid', 'jws');
  return number;
}

function readNumber(payload: unknown): number | null {
  if (typeof payload !== 'object' || payload === null || !('number' in payload)) return null;
  return typeof payload.number === 'number' ? payload.number : null;
}

/** One answer: of many at once one counts, the others find the question ended. */
async function answer(
  parts: Parts,
  unit: Unit,
  { approval, credential }: OwnQuestion,
  event: ApprovalEvent,
): Promise<void> {
  const step = next(approval.state, event);
  if ('refusal' in step) throw errors('approval.ended');
  const by = { at: event.at, credentialId: credential.id };
  if (!(await parts.approvals.advance(unit, approval, step.state, by))) throw errors('approval.ended');
  unit.afterCommit(() => parts.changes.announce(approval.nationalId));
}

async function reportAnswer(
  parts: Parts,
  unit: Unit,
  { approval, credential }: OwnQuestion,
  numberMatches: boolean,
): Promise<void> {
  const { nationalId } = credential;
  const { kind } = approval.state;
  if (!numberMatches) return parts.events.wrongNumber(unit, nationalId);
  if (kind === 'password') return parts.events.passwordChanged(unit, nationalId);
  if (kind === 'activation') await advanceWaiting(parts, unit, approval, 'consent_given');
  return parts.events.approved(unit, nationalId, kind);
}

/** Her other phone has answered: the enrolment goes on, or ends. */
async function advanceWaiting(
  parts: Parts,
  unit: Unit,
  { enrolmentId }: Approval,
  type: Extract<EnrolmentEvent['type'], 'consent_given' | 'consent_refused'>,
): Promise<void> {
  const enrolment = await parts.enrolments.find(enrolmentId ?? '', unit);
  if (!enrolment) throw errors('approval.ended');
  await advanceEnrolment(parts, unit, enrolment, { type, at: parts.clock.now() });
  if (type === 'consent_refused') await parts.events.enrolmentEnded(unit, enrolment.nationalId, 'refused');
}

async function noticeChange(
  parts: Parts,
  unit: Unit,
  { nationalId, device }: Credential,
  recipient: NoticeRecipient,
): Promise<void> {
  const notice = { nationalId: numberView(nationalId), device, at: parts.clock.now(), notMeUrl: null };
  await parts.messages.sendNotice(unit, { kind: 'password_changed', recipient, ...notice });
}

/**
 * **Refuser**, **Ce n'est pas moi**: a call signed by K_dev, no password. The latter keeps that browser from asking
 * anybody for an hour.
 */
export async function refuse(
  parts: Parts,
  call: SignedCall,
  id: string,
  { credentialId, reason }: RefusalRequest,
): Promise<void> {
  const question = await getOwnQuestion(parts, call, { id, credentialId });
  const { approval, credential } = question;
  assertUsable(credential, parts.clock.now());
  const at = parts.clock.now();
  await parts.database.write(async (unit) => {
    await call.record(unit);
    await answer(parts, unit, question, { type: 'refused', reason, at });
    await parts.events.refused(unit, credential.nationalId, reason);
    if (approval.state.kind === 'activation') await advanceWaiting(parts, unit, approval, 'consent_refused');
    if (reason === 'not_me' && approval.signIn) {
      await parts.browsers.block(unit, approval.signIn.browserHash, at + blockedBrowserMs);
      await parts.events.browserBlocked(unit, credential.nationalId);
    }
  });
}

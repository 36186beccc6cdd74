import { createHash } from 'node:crypto';
import type { Unit } from '#platform/database/database.ts';
import { next } from '../approval.ts';
import { destroyUsedUp } from '../credentials/end-credential.ts';
import { DetailedRefusal, errors } from '../errors.ts';
import { evaluateElement } from '../evaluation/evaluate-element.ts';
import { isElement } from '../evaluation/is-element.ts';
import type { Parts } from '../parts.ts';
import { isUsedUp, type PasswordCount, passwordState } from '../password-ladder.ts';
import { lastTryMs } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import type { Credential } from '../stores/credential-store.ts';
import type { Evaluation, EvaluationRequest } from '../wire.ts';
import { assertUsable, getOwnQuestion, type OwnQuestion } from './answer-approval.ts';

/**
 * The server's half of a password: one OPRF evaluation. The try is counted, and the count durable, before anything
 * is computed; the same element for the same question counts once. Only while a question is open.
 */
export async function evaluatePassword(
  parts: Parts,
  call: SignedCall,
  id: string,
  { credentialId, blinded, fingerprint }: EvaluationRequest,
): Promise<Evaluation> {
  const element = Buffer.from(blinded, 'base64url');
  if (!isElement(element)) throw errors('request.invalid', 'blinded');
  const question = await getOwnQuestion(parts, call, { id, credentialId });
  assertUsable(question.credential, parts.clock.now());
  const key = await openKey(parts, question.credential, fingerprint);
  const elementId = createHash('sha256').update(element).digest('base64url');
  const count = await parts.database.write(async (unit) => {
    await call.record(unit);
    return admit(parts, unit, question, elementId);
  });
  const evaluated = evaluateElement(key, element);
  return {
    evaluated: Buffer.from(evaluated).toString('base64url'),
    fingerprint: question.credential.fingerprint,
    password: passwordState(count, parts.clock.now()),
  };
}

/** A key that is not the one that was pinned is our fault (a bad restore): said so, and not counted. */
async function openKey(parts: Parts, credential: Credential, pinned: string): Promise<Uint8Array> {
  const owner = { credentialId: credential.id, fingerprint: credential.fingerprint };
  const key = pinned === credential.fingerprint ? parts.keyBoxes.open(credential.keyBox, owner) : undefined;
  if (key) return key;
  await parts.database.write((unit) => parts.events.keyMismatch(unit, credential.nationalId));
  throw errors('credential.damaged');
}

/** The count after this try. Throws `approval.ended`, or `credential.locked` with its end. */
async function admit(
  parts: Parts,
  unit: Unit,
  { approval, credential }: OwnQuestion,
  element: string,
): Promise<PasswordCount> {
  const at = parts.clock.now();
  const current = await parts.approvals.find(approval.id, unit);
  const step = current && next(current.state, { type: 'evaluated', at, element });
  if (!step || 'refusal' in step) throw errors('approval.ended');
  if (!step.guess) {
    if (!(await parts.approvals.advance(unit, current, step.state, { at }))) throw errors('approval.ended');
    return credential.count;
  }
  const evaluationId = `${approval.id} ${credential.id} ${element}`;
  if (!(await parts.approvals.recordEvaluation(unit, evaluationId, approval.id, at))) return credential.count;
  const count = await parts.credentials.countTry(unit, credential.id, at);
  if (!count) throw await explainRefusal(parts, unit, credential.id, at);
  await reportTry(parts, unit, credential, count);
  return count;
}

async function explainRefusal({ credentials }: Parts, unit: Unit, id: string, now: number) {
  const credential = await credentials.find(id, unit);
  if (!credential || credential.destroyAt !== null) return errors('credential.gone');
  const { lockedUntil } = credential.count;
  if (lockedUntil !== null && lockedUntil > now)
    return new DetailedRefusal('credential.locked', { retryAt: lockedUntil });
  return errors(credential.frozenAt === null ? 'credential.expired' : 'credential.frozen');
}

/** A try that follows another one says that the other was wrong. */
async function reportTry(
  parts: Parts,
  unit: Unit,
  { nationalId }: Credential,
  count: PasswordCount,
): Promise<void> {
  const { failures, lockedUntil } = count;
  if (failures > 1) await parts.events.passwordFailed(unit, nationalId, failures - 1);
  if (lockedUntil !== null) await parts.events.locked(unit, nationalId, failures);
  if (isUsedUp(count)) unit.afterCommit(() => scheduleDestruction(parts));
}

/** Beside the sweep, so that a last try that no signature follows is soon the end. */
function scheduleDestruction(parts: Parts): void {
  setTimeout(() => void destroyUsedUp(parts).catch(() => undefined), lastTryMs + 1000).unref();
}

import type { NationalId } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { statusAt } from '../approval.ts';
import { isLive, isUsable, statusOf } from '../credentials/credential-status.ts';
import type { ApprovalOutcome, ApprovalQuestion } from '../face.ts';
import type { Parts } from '../parts.ts';
import {
  approvalLifetimeMs,
  knownBrowserMs,
  limits,
  pendingPerPersonAndService,
  unansweredLimit,
  unansweredPauseMs,
} from '../policy.ts';
import type { Approval } from '../stores/approval-store.ts';
import type { Credential } from '../stores/credential-store.ts';
import { drawNumbers } from './numbers.ts';
import { parseIdentifier } from './parse-identifier.ts';

/**
 * Asks a person's phones to sign in. A number without e-CPS gets the same row and the same answer, which nobody
 * answers; only an e-CPS that cannot sign is told at once, to whoever types its number.
 */
export async function requestApproval(parts: Parts, question: ApprovalQuestion): Promise<ApprovalOutcome> {
  const nationalId = parseIdentifier(question.identifier);
  if (!nationalId) return { outcome: 'malformed' };
  const now = parts.clock.now();
  const blockedUntil = await parts.browsers.findBlock(question.browserHash, now);
  if (blockedUntil !== undefined) return { outcome: 'blocked', until: blockedUntil };
  const credentials = await parts.credentials.listOfPerson(nationalId);
  const unable = explainUnable(nationalId, credentials, now);
  if (unable) return unable;
  const isHers = await parts.browsers.isKnown(nationalId, question.browserHash, now - knownBrowserMs);
  const pausedUntil = isHers ? undefined : await findPause(parts, nationalId);
  if (pausedUntil !== undefined) return { outcome: 'limited', until: pausedUntil };
  return parts.database.write((unit) => ask(parts, unit, nationalId, { ...question, isHers }));
}

/** Why none of a person's e-CPS can sign; `undefined` where one can, or there is none. */
function explainUnable(
  nationalId: NationalId,
  all: readonly Credential[],
  now: number,
): ApprovalOutcome | undefined {
  const live = all.filter((credential) => isLive(credential, now));
  const able = live.filter((credential) => isUsable(credential, now));
  if (able.some((credential) => statusOf(credential, now) === 'active') || live.length === 0)
    return undefined;
  if (live.some(({ frozenAt }) => frozenAt !== null)) return { outcome: 'frozen', nationalId };
  const locks = able.map(({ count }) => count.lockedUntil ?? now);
  if (locks.length > 0) return { outcome: 'locked', nationalId, until: Math.min(...locks) };
  const expiredAt = Math.max(...live.map(({ expiresAt }) => expiresAt));
  return expiredAt <= now ? { outcome: 'expired', nationalId, expiredAt } : undefined;
}

/** After three unanswered questions only browsers that she has used may ask, for ten minutes. */
async function findPause({ approvals, clock }: Parts, nationalId: NationalId): Promise<number | undefined> {
  const now = clock.now();
  const latest = await approvals.listEnded(nationalId, now, unansweredLimit);
  const unanswered = latest.filter((approval) => statusAt(approval, now) === 'expired');
  if (unanswered.length < unansweredLimit) return undefined;
  const until = Math.max(...unanswered.map(({ expiresAt }) => expiresAt)) + unansweredPauseMs;
  return until > now ? until : undefined;
}

/** `isHers`: the person has signed in with this browser. */
type AdmittedQuestion = ApprovalQuestion & { isHers: boolean };

async function ask(
  parts: Parts,
  unit: Unit,
  nationalId: NationalId,
  question: AdmittedQuestion,
): Promise<ApprovalOutcome> {
  const { approvals, clock } = parts;
  const now = clock.now();
  const refused = await takeTurn(parts, unit, nationalId, question);
  if (refused) return { outcome: 'limited', until: refused.retryAt };
  await approvals.supersede(unit, question.browserHash, now);
  if (!question.isHers && (await hasThreeOpen(parts, unit, nationalId, question)))
    return { outcome: 'limited', until: now + approvalLifetimeMs };
  const approval = newApproval(nationalId, question, now);
  await approvals.create(unit, approval);
  await parts.events.approvalRequested(unit, null, question.service.clientId);
  unit.afterCommit(() => parts.changes.announce(nationalId));
  const { id, state, signIn } = approval;
  return { outcome: 'pending', approval: { id, number: signIn.number, expiresAt: state.expiresAt } };
}

/** Strangers' open questions do not keep her own browsers out, each of which has one at most. */
async function hasThreeOpen(
  { approvals, clock }: Parts,
  unit: Unit,
  nationalId: NationalId,
  { service }: AdmittedQuestion,
): Promise<boolean> {
  const pending = await approvals.countPending(unit, nationalId, service.clientId, clock.now());
  return pending >= pendingPerPersonAndService;
}

/**
 * Its rows also make questions of one browser, and to one person, wait for each other: counts are exact. A browser
 * that is refused takes nothing from what may ask the person; strangers who use that up do not keep her own browsers
 * out.
 */
async function takeTurn(
  { limiter }: Parts,
  unit: Unit,
  { value }: NationalId,
  { browserHash, address, isHers }: AdmittedQuestion,
) {
  const ofBrowser = await limiter.take(unit, `approval browser ${browserHash}`, limits.approvalsByBrowser);
  if (ofBrowser) return ofBrowser;
  const ofAddress = isHers
    ? undefined
    : await limiter.take(unit, `approval number ${value} ${address}`, limits.approvalsByAddressAndNumber);
  if (ofAddress) return ofAddress;
  const ofNumber = await limiter.take(unit, `approval number ${value}`, limits.approvalsByNumber);
  return isHers ? undefined : ofNumber;
}

function newApproval(nationalId: NationalId, question: ApprovalQuestion, now: number) {
  const { signInId, browserHash, service } = question;
  const expiresAt = now + Math.min(approvalLifetimeMs, question.lifetimeMs ?? approvalLifetimeMs);
  return {
    id: newId('apr'),
    state: { kind: 'sign_in', status: 'pending', expiresAt, newElement: null },
    nationalId,
    signIn: {
      signInId,
      browserHash,
      clientId: service.clientId,
      serviceName: service.name,
      ...drawNumbers(question.number),
    },
    enrolmentId: null,
    device: question.device,
    place: question.place,
    requestedAt: now,
    credentialId: null,
  } satisfies Approval;
}

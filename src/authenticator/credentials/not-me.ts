import type { Unit } from '#platform/database/database.ts';
import { findNoticeRecipient } from '../enrolling/recipient.ts';
import { next, stageAt } from '../enrolment.ts';
import type { NoticeRecipient } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import type { Credential } from '../stores/credential-store.ts';
import type { Enrolment } from '../stores/enrolment-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import { isLive } from './credential-status.ts';

/** What **Ce n'est pas moi** in a mail is about: an activation under way, or an e-CPS. */
export type NotMeSubject =
  | { kind: 'enrolment'; enrolment: Enrolment }
  | { kind: 'credential'; credential: Credential };

/** `undefined` for a link that is none of ours, or behind which nothing is left to stop. Consumes nothing. */
export async function findNotMeSubject(parts: Parts, token: string): Promise<NotMeSubject | undefined> {
  const id = parts.links.readNotMe(token);
  if (id === undefined) return undefined;
  const enrolment = await parts.enrolments.find(id);
  if (!enrolment) return findCredential(parts, id);
  // The activation went on meanwhile: what it made is what she does not know.
  if (enrolment.state.stage === 'active') return findCredential(parts, enrolment.credentialId ?? '');
  const isOver = stageAt(enrolment.state, parts.clock.now()) === 'ended';
  return isOver ? undefined : { kind: 'enrolment', enrolment };
}

async function findCredential({ credentials, clock }: Parts, id: string): Promise<NotMeSubject | undefined> {
  const credential = await credentials.find(id);
  if (!credential || credential.frozenAt !== null || !isLive(credential, clock.now())) return undefined;
  return { kind: 'credential', credential };
}

/** Calls of the other phone that may be faster, one after another, than **Bloquer**. */
const mostTries = 10;

/**
 * **Bloquer**: ends the activation, or freezes the e-CPS, at once. Answers which; `undefined` where nothing was left
 * to stop. Where another call was faster, what it made of the activation is what is stopped.
 */
export async function block(
  parts: Parts,
  token: string,
  tries = mostTries,
): Promise<NotMeSubject['kind'] | undefined> {
  const subject = await findNotMeSubject(parts, token);
  if (!subject || tries === 0) return undefined;
  const isStopped =
    subject.kind === 'enrolment'
      ? await blockEnrolment(parts, subject.enrolment)
      : await freeze(parts, subject.credential);
  return isStopped ? subject.kind : block(parts, token, tries - 1);
}

async function blockEnrolment(parts: Parts, { id, nationalId }: Enrolment): Promise<boolean> {
  const at = parts.clock.now();
  return parts.database.write(async (unit) => {
    const enrolment = await parts.enrolments.find(id, unit);
    const step = enrolment && next(enrolment.state, { type: 'blocked', at });
    if (!step || 'refusal' in step || !(await parts.enrolments.advance(unit, enrolment, step.state)))
      return false;
    await parts.approvals.cancelConsent(unit, id, at);
    await parts.events.enrolmentEnded(unit, nationalId, 'blocked');
    unit.afterCommit(() => parts.changes.announce(nationalId));
    return true;
  });
}

async function freeze(parts: Parts, credential: Credential): Promise<boolean> {
  const recipient = await findNoticeRecipient(parts.directory, credential);
  const frozen = await parts.database.write((unit) => freezeIn(parts, unit, credential, recipient));
  if (frozen) await parts.sessions?.endOpenedByEcps(credential.nationalId);
  return frozen;
}

async function freezeIn(
  parts: Parts,
  unit: Unit,
  { id, nationalId, device }: Credential,
  recipient: NoticeRecipient | undefined,
): Promise<boolean> {
  const at = parts.clock.now();
  if (!(await parts.credentials.setFrozen(unit, id, at))) return false;
  await parts.events.frozen(unit, nationalId);
  await parts.sessions?.planEnd(unit, nationalId, 'opened_by_ecps');
  unit.afterCommit(() => parts.changes.announce(nationalId));
  const notice = { nationalId: numberView(nationalId), device, at, notMeUrl: null };
  if (recipient) await parts.messages.sendNotice(unit, { kind: 'frozen', recipient, ...notice });
  return true;
}

/** Ends what **Ce n'est pas moi** froze: by card. */
export async function thaw(parts: Parts, nationalId: Credential['nationalId']): Promise<void> {
  await parts.database.write(async (unit) => {
    for (const { id, frozenAt } of await parts.credentials.listOfPerson(nationalId, unit)) {
      if (frozenAt === null || !(await parts.credentials.setFrozen(unit, id, null))) continue;
      await parts.events.thawed(unit, nationalId);
      unit.afterCommit(() => parts.changes.announce(nationalId));
    }
  });
}

import type { Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { isUsable } from '../credentials/credential-status.ts';
import type { NoticeRecipient } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import { consentLifetimeMs } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import type { Enrolment } from '../stores/enrolment-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { EnrolmentView } from '../wire.ts';
import { advanceEnrolment, getOwnEnrolment } from './advance-enrolment.ts';
import { viewEnrolment } from './enrolment-view.ts';
import { findNoticeRecipient } from './recipient.ts';

/** Whether another phone of hers has an e-CPS under this number: mail and SMS alone then prove too little. */
export async function needsConsent(
  { credentials, clock }: Parts,
  unit: Unit,
  { nationalId, state }: Enrolment,
): Promise<boolean> {
  const all = await credentials.listOfPerson(nationalId, unit);
  return all.some(
    (credential) => isUsable(credential, clock.now()) && credential.deviceThumbprint !== state.device,
  );
}

/** Who is told of an enrolment; `undefined` where nobody is, or nobody can be. */
export async function findHolder(
  { directory }: Parts,
  { nationalId, holder, locale }: Enrolment,
): Promise<NoticeRecipient | undefined> {
  return holder ? findNoticeRecipient(directory, { nationalId, holder, locale }) : undefined;
}

/** Puts the question to her other phones, and tells her by mail and SMS that they are asked. */
export async function askConsent(
  parts: Parts,
  unit: Unit,
  enrolment: Enrolment,
  recipient: NoticeRecipient | undefined,
): Promise<void> {
  const { id, nationalId, device, place, state } = enrolment;
  const at = parts.clock.now();
  await parts.approvals.create(unit, {
    id: newId('apr'),
    state: {
      kind: 'activation',
      status: 'pending',
      expiresAt: state.consent?.expiresAt ?? at + consentLifetimeMs,
      newElement: null,
    },
    nationalId,
    signIn: null,
    enrolmentId: id,
    device,
    place,
    requestedAt: at,
    credentialId: null,
  });
  await parts.events.consentAsked(unit, nationalId);
  unit.afterCommit(() => parts.changes.announce(nationalId));
  if (!recipient) return;
  const notice = { nationalId: numberView(nationalId), device, at, notMeUrl: parts.links.notMeUrl(id) };
  await parts.messages.sendNotice(unit, { kind: 'consent_asked', recipient, ...notice });
}

/** Asks again, once the last question went unanswered. */
export async function askConsentAgain(parts: Parts, call: SignedCall, id: string): Promise<EnrolmentView> {
  const recipient = await findHolder(parts, await getOwnEnrolment(parts, id, call.thumbprint));
  const enrolment = await parts.database.write(async (unit) => {
    await call.record(unit);
    const own = await getOwnEnrolment(parts, id, call.thumbprint, unit);
    const event = { type: 'consent_asked', at: parts.clock.now() } as const;
    const asked = await advanceEnrolment(parts, unit, own, event);
    await askConsent(parts, unit, asked, recipient);
    return asked;
  });
  return viewEnrolment(parts, enrolment);
}

import { type EnrolmentState, nextMessageAt, stageAt } from '../enrolment.ts';
import type { Parts } from '../parts.ts';
import { codeTries } from '../policy.ts';
import type { Enrolment } from '../stores/enrolment-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { EnrolmentView } from '../wire.ts';
import { maskPhone } from './recipient.ts';

/** What the phone is told. Before the mail is confirmed nothing that tells a known number from an unknown one. */
export async function viewEnrolment(
  { clock, directory }: Pick<Parts, 'clock' | 'directory'>,
  enrolment: Enrolment,
): Promise<EnrolmentView> {
  const { state, nationalId, holder } = enrolment;
  const now = clock.now();
  const stage = stageAt(state, now);
  const isProven = state.stage !== 'requested' && stage !== 'ended';
  const details = stage === 'mail_confirmed' ? await directory.findContactDetails(nationalId) : undefined;
  return {
    id: enrolment.id,
    channel: state.channel,
    stage,
    end: stage === 'ended' ? (state.end ?? 'expired') : null,
    nationalId: numberView(nationalId),
    holder: isProven && holder ? { givenName: holder.givenName, familyName: holder.familyName } : null,
    maskedPhone: details?.phone ? maskPhone(details.phone) : null,
    code: stage === 'mail_confirmed' ? viewCode(state, now) : null,
    mailAgainAt: nextMessageAt(state.mailsSentAt, now),
    smsAgainAt: nextMessageAt(state.smsSentAt, now),
    consent: stage === 'awaiting_consent' ? viewConsent(state, now) : null,
    expiresAt: state.expiresAt,
  };
}

function viewCode({ code }: EnrolmentState, now: number): EnrolmentView['code'] {
  const triesLeft = code ? codeTries - code.tries : 0;
  return code && triesLeft > 0 && code.expiresAt > now ? { expiresAt: code.expiresAt, triesLeft } : null;
}

function viewConsent({ consent }: EnrolmentState, now: number): EnrolmentView['consent'] {
  if (!consent) return null;
  return { status: consent.expiresAt > now ? 'pending' : 'unanswered', expiresAt: consent.expiresAt };
}

import { rpps } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { stageAt } from '../enrolment.ts';
import type { CardEnrolment, CardEnrolmentRequest } from '../face.ts';
import type { Parts } from '../parts.ts';
import { cardEnrolmentLifetimeMs } from '../policy.ts';
import type { NewEnrolment } from '../stores/enrolment-store.ts';

/** An enrolment that the card has proven already: whoever scans its address chooses the password next. */
export async function createCardEnrolment(
  parts: Parts,
  { verification, rpps: number, locale }: CardEnrolmentRequest,
  unit?: Unit,
): Promise<CardEnrolment> {
  const now = parts.clock.now();
  const { givenName, familyName, profession } = verification;
  const enrolment: NewEnrolment = {
    id: newId('enr'),
    state: {
      channel: 'card',
      stage: 'requested',
      end: null,
      device: null,
      expiresAt: now + cardEnrolmentLifetimeMs,
      mailsSentAt: [],
      smsSentAt: [],
      code: null,
      consent: null,
      evaluations: 0,
    },
    nationalId: rpps(number),
    holder: { givenName, familyName, profession },
    device: 'e-CPS',
    place: null,
    locale,
    createdAt: now,
  };
  const write = async (within: Unit) => {
    await parts.enrolments.create(within, enrolment);
    await parts.events.enrolmentRequested(within, enrolment.nationalId, 'card');
  };
  await (unit ? write(unit) : parts.database.write(write));
  return linkOf(parts, enrolment.id, enrolment.state.expiresAt);
}

/** A fresh address for the QR code; `undefined` once it was redeemed or is over. */
export async function renewCardLink(parts: Parts, id: string): Promise<CardEnrolment | undefined> {
  const enrolment = await parts.enrolments.find(id);
  const waits =
    enrolment?.state.channel === 'card' && stageAt(enrolment.state, parts.clock.now()) === 'requested';
  return waits ? linkOf(parts, id, enrolment.state.expiresAt) : undefined;
}

export async function findCardEnrolment(
  { enrolments, clock }: Parts,
  id: string,
): Promise<'waiting' | 'redeemed' | 'active' | 'ended' | undefined> {
  const enrolment = await enrolments.find(id);
  if (enrolment?.state.channel !== 'card') return undefined;
  const stage = stageAt(enrolment.state, clock.now());
  if (stage === 'active' || stage === 'ended') return stage;
  return stage === 'requested' ? 'waiting' : 'redeemed';
}

function linkOf({ links }: Parts, id: string, expiresAt: number): CardEnrolment {
  const { url, expiresAt: linkExpiresAt } = links.cardUrl(id);
  return { id, url, linkExpiresAt, expiresAt, notMeUrl: links.notMeUrl(id) };
}

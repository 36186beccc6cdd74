import { rpps } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { next, stageAt } from '../enrolment.ts';
import { take } from '../limit.ts';
import type { Caller, Parts } from '../parts.ts';
import { enrolmentLifetimeMs, limits } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import type { Enrolment, NewEnrolment } from '../stores/enrolment-store.ts';
import type { EnrolmentRequest, EnrolmentView } from '../wire.ts';
import { advanceEnrolment, getOwnEnrolment } from './advance-enrolment.ts';
import { viewEnrolment } from './enrolment-view.ts';
import { findReachable, type Reachable } from './recipient.ts';

/**
 * **Envoyer ma demande d'activation**. A number that leads to nobody gets the same rows and the same answer: an
 * enrolment, and a mail job that is empty. Asked again while one is pending, that one sends its mail again.
 */
export async function requestEnrolment(
  parts: Parts,
  call: SignedCall,
  { rpps: number, locale }: EnrolmentRequest,
  caller: Caller,
): Promise<EnrolmentView> {
  const nationalId = rpps(number);
  const reachable = await findReachable(parts.directory, nationalId, locale);
  const { thumbprint } = call;
  const now = parts.clock.now();
  const fresh: NewEnrolment = {
    id: newId('enr'),
    state: {
      channel: 'mail',
      stage: 'requested',
      end: null,
      device: thumbprint,
      expiresAt: now + enrolmentLifetimeMs,
      mailsSentAt: [now],
      smsSentAt: [],
      code: null,
      consent: null,
      evaluations: 0,
    },
    nationalId,
    holder: reachable?.holder ?? null,
    device: caller.device,
    place: caller.place,
    locale,
    createdAt: now,
  };
  const enrolment = await parts.database.write(async (unit) => {
    await call.record(unit);
    await take(parts, unit, `enrolment address ${caller.address}`, limits.enrolmentsByAddress);
    await take(parts, unit, `enrolment device ${thumbprint}`, limits.enrolmentsByDevice);
    await parts.devices.put(unit, { thumbprint, publicKey: call.publicKey, at: now });
    const asked = { reachable, address: caller.address };
    return (await resumePending(parts, unit, fresh, asked)) ?? start(parts, unit, fresh, asked);
  });
  return viewEnrolment(parts, enrolment);
}

/** **Renvoyer**. */
export async function sendMailAgain(
  parts: Parts,
  call: SignedCall,
  id: string,
  { address }: Caller,
): Promise<EnrolmentView> {
  const { nationalId, locale } = await getOwnEnrolment(parts, id, call.thumbprint);
  const reachable = await findReachable(parts.directory, nationalId, locale);
  const enrolment = await parts.database.write(async (unit) => {
    await call.record(unit);
    const own = await getOwnEnrolment(parts, id, call.thumbprint, unit);
    return mailAgain(parts, unit, own, { reachable, address });
  });
  return viewEnrolment(parts, enrolment);
}

/** Whom a number leads to, and where it was typed. */
interface Asked {
  reachable: Reachable | null;
  address: string;
}

async function start(parts: Parts, unit: Unit, fresh: NewEnrolment, asked: Asked) {
  await parts.enrolments.create(unit, fresh);
  await parts.events.enrolmentRequested(unit, null, 'mail');
  const enrolment = {
    ...fresh,
    version: 1,
    codeMac: null,
    credentialId: null,
    prepared: null,
  };
  await mail(parts, unit, enrolment, asked);
  return enrolment;
}

/** One pending enrolment per number and phone: a stranger's never replaces hers. */
async function resumePending(parts: Parts, unit: Unit, fresh: NewEnrolment, asked: Asked) {
  const { nationalId, createdAt: now, state } = fresh;
  const pending = await parts.enrolments.findPending(unit, nationalId, state.device ?? '');
  if (!pending) return undefined;
  if (stageAt(pending.state, now) === 'ended') {
    await parts.enrolments.advance(unit, pending, { ...pending.state, stage: 'ended', end: 'expired' });
    return undefined;
  }
  if ('refusal' in next(pending.state, { type: 'mail_sent', at: now })) return pending;
  return mailAgain(parts, unit, pending, asked);
}

async function mailAgain(parts: Parts, unit: Unit, enrolment: Enrolment, asked: Asked) {
  const at = parts.clock.now();
  const holder = asked.reachable?.holder ?? null;
  const event = { type: 'mail_sent', at } as const;
  const again = await advanceEnrolment(parts, unit, enrolment, event, { holder });
  await mail(parts, unit, again, asked);
  return again;
}

async function mail(parts: Parts, unit: Unit, enrolment: Enrolment, { reachable, address }: Asked) {
  const { id, nationalId, device, place, createdAt, state } = enrolment;
  const now = parts.clock.now();
  const delayed = await takeMail(parts, unit, nationalId.value, address);
  await parts.messages.sendActivationLink(unit, {
    recipient: reachable?.recipient ?? null,
    activationUrl: parts.links.mailUrl(id),
    notMeUrl: parts.links.notMeUrl(id),
    rpps: nationalId.value,
    device,
    place,
    requestedAt: createdAt,
    expiresAt: state.expiresAt,
    notBefore: delayed?.retryAt ?? now,
  });
}

/** What one address asks beyond its share is taken from nobody else's. */
async function takeMail({ limiter }: Parts, unit: Unit, number: string, address: string) {
  const ofAddress = await limiter.take(unit, `mail ${number} ${address}`, limits.mailsByAddressAndNumber);
  return ofAddress ?? limiter.take(unit, `mail ${number}`, limits.mailsByNumber);
}

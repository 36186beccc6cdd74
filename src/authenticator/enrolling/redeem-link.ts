import type { Unit } from '#platform/database/database.ts';
import { next, stageAt } from '../enrolment.ts';
import { errors } from '../errors.ts';
import { take } from '../limit.ts';
import type { ActivationLink } from '../links.ts';
import type { Caller, Parts } from '../parts.ts';
import { limits } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import type { Enrolment } from '../stores/enrolment-store.ts';
import type { EnrolmentView } from '../wire.ts';
import { viewEnrolment } from './enrolment-view.ts';

/**
 * **Démarrer l'activation**, or a scan: a mail's link is redeemed by the phone that asked, a card's by any phone
 * within its 90 s. Once, and only by a signed call: opening the address consumes nothing.
 */
export async function redeemLink(
  parts: Parts,
  call: SignedCall,
  token: string,
  caller: Caller,
): Promise<EnrolmentView> {
  const link = parts.links.readActivation(token);
  if (!link) throw errors('activation.unknown');
  const redeemed = await parts.database.write(async (unit) => {
    await call.record(unit);
    await take(parts, unit, `redeem address ${caller.address}`, limits.redeemsByAddress);
    const enrolment = await parts.enrolments.find(link.enrolmentId, unit);
    if (!enrolment) throw errors('activation.unknown');
    return redeem(parts, unit, { call, caller, link, enrolment });
  });
  if (!redeemed) throw errors('activation.other_device');
  return viewEnrolment(parts, redeemed);
}

interface Redemption {
  call: SignedCall;
  caller: Caller;
  link: ActivationLink;
  enrolment: Enrolment;
}

/** `undefined` for another phone than the one that asked: that is reported, so the unit must not be rolled back. */
async function redeem(
  parts: Parts,
  unit: Unit,
  { call, caller, link, enrolment }: Redemption,
): Promise<Enrolment | undefined> {
  const at = parts.clock.now();
  const { thumbprint, publicKey } = call;
  const step = next(enrolment.state, { type: 'redeemed', at, device: thumbprint });
  if ('refusal' in step && step.refusal === 'other_device' && link.channel === 'mail') {
    await parts.events.foreignRedeem(unit, enrolment.nationalId);
    return undefined;
  }
  if ('refusal' in step) throw refusalOf(step.refusal, enrolment, at);
  if (link.channel === 'card' && !link.fresh) throw errors('activation.expired');
  await parts.devices.put(unit, { thumbprint, publicKey, at });
  const changes = link.channel === 'card' ? { device: caller.device } : {};
  if (!(await parts.enrolments.advance(unit, enrolment, step.state, changes)))
    throw errors('activation.used');
  await parts.events.linkRedeemed(unit, enrolment.nationalId, link.channel);
  return { ...enrolment, ...changes, state: step.state };
}

/** A card's link that another phone was faster with is used; so is a blocked one, as far as its reader is told. */
function refusalOf(refusal: string, { state }: Enrolment, at: number) {
  if (refusal !== 'ended') return errors('activation.used');
  const byTime = stageAt(state, at) === 'ended' && state.stage !== 'ended';
  return errors(byTime ? 'activation.expired' : 'activation.used');
}

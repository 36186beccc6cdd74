import { randomInt } from 'node:crypto';
import type { Unit } from '#platform/database/database.ts';
import { DetailedRefusal, errors } from '../errors.ts';
import { take } from '../limit.ts';
import type { NoticeRecipient } from '../messages-port.ts';
import type { Parts } from '../parts.ts';
import { codeDigits, codeLifetimeMs, codeTries, limits } from '../policy.ts';
import type { SignedCall } from '../proof.ts';
import type { Enrolment } from '../stores/enrolment-store.ts';
import type { EnrolmentView } from '../wire.ts';
import { advanceEnrolment, getOwnEnrolment } from './advance-enrolment.ts';
import { askConsent, findHolder, needsConsent } from './ask-consent.ts';
import { viewEnrolment } from './enrolment-view.ts';
import { findReachable } from './recipient.ts';

/** **Par SMS**, **Renvoyer le SMS**: a new code; the one before is dead. */
export async function sendCode(parts: Parts, call: SignedCall, id: string): Promise<EnrolmentView> {
  const { nationalId, locale } = await getOwnEnrolment(parts, id, call.thumbprint);
  const reachable = await findReachable(parts.directory, nationalId, locale);
  const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
  const at = parts.clock.now();
  const enrolment = await parts.database.write(async (unit) => {
    await call.record(unit);
    const own = await getOwnEnrolment(parts, id, call.thumbprint, unit);
    const codeMac = parts.macs.mac('code', id, code);
    const sent = await advanceEnrolment(parts, unit, own, { type: 'code_sent', at }, { codeMac });
    await take(parts, unit, `sms ${nationalId.value}`, limits.smsByNumber);
    await parts.events.codeSent(unit, nationalId);
    if (reachable) {
      const { phone } = reachable.recipient;
      const expiresAt = at + codeLifetimeMs;
      await parts.messages.sendCode(unit, { phone, locale, code, host: parts.appUrl.hostname, expiresAt });
    }
    return sent;
  });
  return viewEnrolment(parts, enrolment);
}

/** **Valider**. Each try is counted before it is compared, so that of many at once five are compared. */
export async function tryCode(
  parts: Parts,
  call: SignedCall,
  id: string,
  code: string,
): Promise<EnrolmentView> {
  const recipient = await findHolder(parts, await getOwnEnrolment(parts, id, call.thumbprint));
  const enrolment = await parts.database.write(async (unit) => {
    await call.record(unit);
    const own = await getOwnEnrolment(parts, id, call.thumbprint, unit);
    const counted = await advanceEnrolment(parts, unit, own, { type: 'code_tried', at: parts.clock.now() });
    const matches = counted.codeMac !== null && parts.macs.matches(counted.codeMac, 'code', id, code);
    if (matches) return confirm(parts, unit, counted, recipient);
    await parts.events.codeFailed(unit, own.nationalId);
    return counted;
  });
  // Told after the commit: a refusal inside the unit would roll the count back.
  if (enrolment.state.stage === 'mail_confirmed') throw wrongCode(enrolment);
  return viewEnrolment(parts, enrolment);
}

function wrongCode({ state }: Enrolment) {
  const triesLeft = codeTries - (state.code?.tries ?? codeTries);
  return triesLeft > 0 ? new DetailedRefusal('code.wrong', { triesLeft }) : errors('code.dead');
}

async function confirm(parts: Parts, unit: Unit, enrolment: Enrolment, recipient?: NoticeRecipient) {
  const at = parts.clock.now();
  const consentNeeded = await needsConsent(parts, unit, enrolment);
  const event = { type: 'code_matched', at, consentNeeded } as const;
  const confirmed = await advanceEnrolment(parts, unit, enrolment, event, { codeMac: null });
  await parts.events.codeConfirmed(unit, enrolment.nationalId);
  if (consentNeeded) await askConsent(parts, unit, confirmed, recipient);
  return confirmed;
}

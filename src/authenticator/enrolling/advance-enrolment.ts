import type { Unit } from '#platform/database/database.ts';
import { type EnrolmentEvent, type EnrolmentRefusal, next } from '../enrolment.ts';
import { DetailedRefusal, errors } from '../errors.ts';
import type { Parts } from '../parts.ts';
import type { Enrolment, EnrolmentChanges } from '../stores/enrolment-store.ts';

/**
 * Writes what follows `event`. Throws the refusal of the state machine, or `enrolment.wrong_stage` where another
 * call was faster: of many at once one gets through.
 */
export async function advanceEnrolment(
  { enrolments }: Pick<Parts, 'enrolments'>,
  unit: Unit,
  enrolment: Enrolment,
  event: EnrolmentEvent,
  changes: EnrolmentChanges = {},
): Promise<Enrolment> {
  const step = next(enrolment.state, event);
  if ('refusal' in step) throw refusalError(step);
  if (!(await enrolments.advance(unit, enrolment, step.state, changes)))
    throw errors('enrolment.wrong_stage');
  return { ...enrolment, ...changes, version: enrolment.version + 1, state: step.state };
}

export function refusalError(refused: EnrolmentRefusal) {
  switch (refused.refusal) {
    case 'ended':
      return errors('enrolment.ended');
    case 'wrong_stage':
      return errors('enrolment.wrong_stage');
    case 'link_used':
      return errors('activation.used');
    case 'other_device':
      return errors('activation.other_device');
    case 'code_dead':
      return errors('code.dead');
    case 'too_many':
      return new DetailedRefusal('request.too_many', { retryAt: refused.retryAt });
  }
}

/** An enrolment of this very phone; throws `enrolment.unknown`. */
export async function getOwnEnrolment(
  { enrolments }: Pick<Parts, 'enrolments'>,
  id: string,
  thumbprint: string,
  unit?: Unit,
): Promise<Enrolment> {
  const enrolment = await enrolments.find(id, unit);
  if (enrolment?.state.device !== thumbprint) throw errors('enrolment.unknown');
  return enrolment;
}

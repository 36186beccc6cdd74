import type { Parts } from '../parts.ts';
import type { SignedCall } from '../proof.ts';
import { advanceEnrolment, getOwnEnrolment } from './advance-enrolment.ts';

/** Given up in the app. */
export async function cancelEnrolment(parts: Parts, call: SignedCall, id: string): Promise<void> {
  const at = parts.clock.now();
  await parts.database.write(async (unit) => {
    await call.record(unit);
    const { nationalId } = await advanceEnrolment(
      parts,
      unit,
      await getOwnEnrolment(parts, id, call.thumbprint, unit),
      { type: 'cancelled', at },
    );
    await parts.approvals.cancelConsent(unit, id, at);
    await parts.events.enrolmentEnded(unit, null, 'cancelled');
    unit.afterCommit(() => parts.changes.announce(nationalId));
  });
}

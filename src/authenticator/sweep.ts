import type { Parts } from './parts.ts';
import { approvalRetentionMs, endedRetentionMs, knownBrowserMs } from './policy.ts';

/** Deletes rows that no longer matter; several processes may do so at once. */
export async function sweep(parts: Parts): Promise<void> {
  const now = parts.clock.now();
  await parts.database.write(async (unit) => {
    await parts.devices.deleteProofs(unit, now);
    await parts.enrolments.deleteExpired(unit, now - endedRetentionMs);
    await parts.approvals.deleteExpired(unit, now - approvalRetentionMs);
    await parts.browsers.deleteExpired(unit, now, now - knownBrowserMs);
    await parts.removals.deleteExpired(unit, now);
    await parts.limiter.sweep(unit);
  });
}

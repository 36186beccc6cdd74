import { collectGarbage } from '#platform/collect-garbage.ts';

/** Long enough for the first pages of somebody who waited for the start. */
const settleMs = 1_000;

/**
 * A start leaves garbage, and a young generation that grew for it; V8 would keep both while nothing happens. A
 * collection gives a third of the process's memory back.
 */
export function releaseMemorySoon(): void {
  setTimeout(collectGarbage, settleMs).unref();
}

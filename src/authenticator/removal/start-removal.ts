import { hash } from 'node:crypto';
import type { NationalId } from '#national-id';
import { newId, randomLabel } from '#platform/ids.ts';
import { take } from '../limit.ts';
import type { Parts } from '../parts.ts';
import { limits } from '../policy.ts';
import { removalIdPrefix } from './paths.ts';
import { newRemovalState } from './removal.ts';
import type { Removal } from './removal-store.ts';

export interface AskedRemoval {
  nationalId: NationalId;
  device: string;
  returnTo: string | null;
  /** Where the browser calls from. */
  address: string;
}

/**
 * **Continuer**: the same row whether the number leads to anybody. Answers the text that names the removal in the
 * browser that asked. Throws `request.too_many`.
 */
export async function startRemoval(
  parts: Parts,
  { nationalId, device, returnTo, address }: AskedRemoval,
): Promise<string> {
  const browser = randomLabel();
  const now = parts.clock.now();
  await parts.database.write(async (unit) => {
    await take(parts, unit, `removal address ${address}`, limits.removalsByAddress);
    await parts.removals.create(unit, {
      id: newId(removalIdPrefix),
      state: newRemovalState(now),
      nationalId,
      browserHash: hashOf(browser),
      device,
      returnTo,
      createdAt: now,
    });
    await parts.events.removalAsked(unit, null);
  });
  return browser;
}

/** The removal that this text names, unless its time is over. */
export async function findRemoval(
  { removals, clock }: Parts,
  browser: string | undefined,
): Promise<Removal | undefined> {
  const removal = browser === undefined ? undefined : await removals.findOfBrowser(hashOf(browser));
  return removal && removal.state.expiresAt > clock.now() ? removal : undefined;
}

const hashOf = (browser: string): string => hash('sha256', browser, 'hex');

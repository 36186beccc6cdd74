import { formatIdNatPs, type Verification } from '#national-id';
import type { Locale } from '#platform/html/messages.ts';
import { listNumbersOfCard } from '../credentials/card-numbers.ts';
import { take } from '../limit.ts';
import { limits } from '../policy.ts';
import { advanceRemoval } from './advance-removal.ts';
import type { RemovalEvent } from './removal.ts';
import type { RemovalParts } from './removal-parts.ts';
import type { Removal } from './removal-store.ts';

/** **Carte CPS**: the address of the reader; after a failure the one that failed. Throws `request.too_many`. */
export async function openReader(
  parts: RemovalParts,
  { id }: Removal,
  { address, locale }: { address: string; locale: Locale },
): Promise<string> {
  await parts.database.write((unit) =>
    take(parts, unit, `removal card address ${address}`, limits.removalsByAddress),
  );
  const failed = await parts.cards.findFailure(id);
  const reader = failed?.reader ?? 'first';
  const { url } = await parts.cards.createAttempt({ signInId: id, reader, locale });
  return url;
}

/** The reader sent the browser back: the card's number, or its link, must be what was typed. */
export async function presentCard(parts: RemovalParts, removal: Removal, code: string): Promise<void> {
  const redeemed = await parts.cards.consumeCode({ signInId: removal.id, code });
  if (!redeemed) return;
  if ('failure' in redeemed) await record(parts, removal, cardRefused(parts, 'not_read'));
  else await judge(parts, removal, redeemed.verification);
}

const cardRefused = ({ clock }: RemovalParts, reason: 'not_read' | 'not_hers') =>
  ({ type: 'card_refused', reason, at: clock.now() }) as const;

async function judge(parts: RemovalParts, removal: Removal, verification: Verification): Promise<void> {
  const typed = formatIdNatPs(removal.nationalId);
  const numbers = (await listNumbersOfCard(parts, verification)).map(formatIdNatPs);
  if (!numbers.includes(typed)) return record(parts, removal, cardRefused(parts, 'not_hers'));
  const linked = typed !== formatIdNatPs(verification.nationalId);
  await record(parts, removal, { type: 'proven', proof: 'card', at: parts.clock.now() }, linked);
}

async function record(
  parts: RemovalParts,
  { id, nationalId }: Removal,
  event: RemovalEvent,
  linked = false,
): Promise<void> {
  await parts.database.write(async (unit) => {
    const removal = await parts.removals.find(id, unit);
    if (!removal || !(await advanceRemoval(parts, unit, removal, event))) return;
    if (event.type === 'proven')
      await parts.events.removalProven(unit, nationalId, { proof: 'card', linked });
    else await parts.events.removalCardRefused(unit, null);
  });
}

import { formatIdNatPs, rpps } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { ChangeOrigin } from './contact-history.ts';
import type { ContactParts, Holder } from './contact-parts.ts';
import type { ChangeGround } from './contact-store.ts';
import type { Reach } from './parse-contacts.ts';

export interface ContactChange {
  holder: Holder;
  reach: Reach;
  ground: ChangeGround;
  /** The ADELI number of the card, where its link was relied on. */
  adeli: string | null;
  locale: Locale;
  /** For the history. */
  origin?: ChangeOrigin;
}

/**
 * Replaces what the directory knows, and tells the old address and mobile and the new ones. Codes that came back prove
 * the new ones; else they are unverified until the first activation through them.
 */
export async function saveContacts(parts: ContactParts, unit: Unit, change: ContactChange): Promise<void> {
  const { holder, reach, ground, adeli, locale, origin } = change;
  const idNatPs = formatIdNatPs(rpps(holder.rpps));
  const at = parts.clock.now();
  const former = await parts.contacts.find(idNatPs, unit);
  const details = { ...reach, verified: ground === 'ecps', changedAt: at, changedUnder: ground };
  await parts.contacts.change(unit, idNatPs, details, origin);
  await parts.messages.sendChange(unit, {
    ...holder,
    ...{ locale, ground, adeli, at },
    former: { email: former?.email ?? null, phone: former?.phone ?? null },
    present: reach,
    disputeToken: parts.disputes.issue({ idNatPs, changedAt: at }),
  });
}

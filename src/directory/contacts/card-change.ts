import { formatIdNatPs, rpps } from '#national-id';
import type { Locale } from '#platform/html/messages.ts';
import { type ContactParts, findHolder, type Refusal, takeEach } from './contact-parts.ts';
import { parseContacts, type TypedContacts } from './parse-contacts.ts';
import { limits } from './policy.ts';
import { saveContacts } from './save-contacts.ts';

export interface CardChange {
  rpps: string;
  /**
   * The ADELI number of the card, where a link leads from it to `rpps`; null for a card under RPPS. The caller knows
   * that the link's conditions held when the person signed in.
   */
  adeli: string | null;
  typed: TypedContacts;
  locale: Locale;
}

/** Under a card a change counts at once. */
export async function saveUnderCard(
  parts: ContactParts,
  { rpps: number, adeli, typed, locale }: CardChange,
): Promise<{ outcome: 'saved' } | Refusal> {
  const holder = await findHolder(parts, number);
  if (!holder || !(await linkStillLeads(parts, adeli, number))) return { outcome: 'no_record' };
  const parsed = parseContacts(typed, await parts.contacts.find(formatIdNatPs(rpps(number))));
  if ('faults' in parsed) return { outcome: 'faults', ...parsed };
  return parts.database.write(async (unit) => {
    const refused = await takeEach(parts, unit, { [`change ${number}`]: limits.changesByNumber });
    if (refused) return refused;
    await saveContacts(parts, unit, { holder, reach: parsed.reach, ground: 'card', adeli, locale });
    await parts.events.changed(unit, number, 'card');
    if (adeli) await parts.events.linkUsed(unit, adeli, 'contact_change');
    return { outcome: 'saved' };
  });
}

/** The correspondence may have been corrected since the person signed in. */
async function linkStillLeads({ links }: ContactParts, adeli: string | null, number: string) {
  if (adeli === null) return true;
  const numbers = await links.findRpps(adeli);
  return numbers.length === 1 && numbers[0] === number;
}

import type { Locale } from '#platform/html/messages.ts';
import type { ContactParts } from './contact-parts.ts';
import type { ContactDetails } from './contact-store.ts';
import type { DisputeToken } from './dispute-links.ts';
import { maskEmail, maskPhone } from './mask.ts';
import { disputeLifetimeMs } from './policy.ts';

/** What a page that asks **Bloquer** shows. */
export interface DisputedChange {
  maskedEmail: string | null;
  maskedPhone: string | null;
  /** Instant, milliseconds. */
  changedAt: number;
}

/** `undefined` for a link that is not ours, too old, or about details that have changed since. */
export async function findDisputed(parts: ContactParts, token: string): Promise<DisputedChange | undefined> {
  const disputed = readToken(parts, token);
  const details = disputed && (await parts.contacts.find(disputed.idNatPs));
  if (!details || !isAbout(details, disputed)) return undefined;
  return {
    maskedEmail: details.email && maskEmail(details.email),
    maskedPhone: details.phone && maskPhone(details.phone),
    changedAt: details.changedAt,
  };
}

/**
 * **Bloquer**: the details are withdrawn, so that no e-CPS can be activated through them; a card or the Order records
 * others. Once: false where there is nothing to withdraw any more.
 */
export async function withdrawDisputed(parts: ContactParts, token: string, locale: Locale): Promise<boolean> {
  const disputed = readToken(parts, token);
  if (!disputed) return false;
  const { idNatPs } = disputed;
  return parts.database.write(async (unit) => {
    const details = await parts.contacts.find(idNatPs, unit);
    if (!details || !isAbout(details, disputed)) return false;
    if (!(await parts.contacts.withdraw(unit, idNatPs, disputed.changedAt, parts.clock.now()))) return false;
    const { email, phone } = details;
    await parts.messages.sendWithdrawal(unit, { email, phone, locale });
    await parts.events.withdrawn(unit, idNatPs);
    return true;
  });
}

function readToken({ disputes, clock }: ContactParts, token: string): DisputeToken | undefined {
  const disputed = disputes.read(token);
  return disputed && disputed.changedAt + disputeLifetimeMs > clock.now() ? disputed : undefined;
}

function isAbout(details: ContactDetails, { changedAt }: DisputeToken): boolean {
  return details.changedAt === changedAt && details.changedUnder !== 'dispute';
}

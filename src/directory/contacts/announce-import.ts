import { parseIdNatPs } from '#national-id';
import { type ContactParts, findHolder, type Holder } from './contact-parts.ts';
import type { Announcer, ReplacedContacts } from './import-contacts.ts';

/** Whose details a file replaced is told at the old address and mobile and at the new ones, with **Ce n'est pas moi**. */
export function createImportAnnouncer(parts: ContactParts): Announcer {
  return {
    async prepare(idNatPs) {
      const holders = new Map(
        await Promise.all(idNatPs.map(async (id) => [id, await nameOf(parts, id)] as const)),
      );
      return async (unit, change) => {
        const holder = holders.get(change.idNatPs) ?? nobody(change.idNatPs);
        if (!holder) return;
        await parts.messages.sendChange(unit, noticeOf(parts, holder, change));
        await parts.events.changed(unit, holder.rpps, 'file');
      };
    },
    ended: (unit, { created, changed, unchanged, skipped }) =>
      parts.events.imported(unit, { created, changed, unchanged, skipped: skipped.length }),
  };
}

function noticeOf({ disputes }: ContactParts, holder: Holder, change: ReplacedContacts) {
  const { idNatPs, former, present, at } = change;
  return {
    ...holder,
    ...{ locale: 'fr' as const, ground: 'file' as const, adeli: null, at },
    former: { email: former.email, phone: former.phone },
    present: { email: present.email, phone: present.phone },
    disputeToken: disputes.issue({ idNatPs, changedAt: at }),
  };
}

async function nameOf(parts: ContactParts, idNatPs: string): Promise<Holder | undefined> {
  const holder = nobody(idNatPs);
  return holder && ((await findHolder(parts, holder.rpps)) ?? holder);
}

/** Somebody whom the directory does not name, or not yet; no e-CPS is activated by mail under another number. */
function nobody(idNatPs: string): Holder | undefined {
  const nationalId = parseIdNatPs(idNatPs);
  return nationalId?.kind === 'rpps' ? { rpps: nationalId.value, givenName: '', familyName: '' } : undefined;
}

import { type ContactTelling, emptyContactReport } from '../contacts/import-contacts.ts';
import type { ScanKeys } from '../extract/scan.ts';
import type { LinkFile, LinkImport } from '../links/import-links.ts';
import type { Link } from '../links/link-store.ts';
import type { Planned } from './apply-extracts.ts';
import { createRestrictedReader } from './read-restricted.ts';

/** What a run did to contact details, or would do. */
export interface ContactCounts {
  created: number;
  changed: number;
  unchanged: number;
  /** People whose own change, of any age, is kept. */
  kept: number;
  /** Addresses that are none, or of a secure mailbox, and numbers that are no mobile. */
  unusable: number;
}

interface Parts {
  links: LinkImport;
  tell: ContactTelling;
  keys: ScanKeys;
}

/** What files tell that lives in *state*, not in a generation: contact details and ADELI to RPPS links. */
export function createBeside({ links, tell, keys }: Parts, planned: readonly Planned[], linkFile?: LinkFile) {
  const restricted = planned.find(({ scan }) => scan.extract.header.isRestricted);
  let contacts: ContactCounts | undefined;

  /** Goes through all; answers with the links. A killed run is done again: nobody who differs is settled before. */
  async function run(dryRun: boolean): Promise<Link[]> {
    const told = [...(linkFile?.links ?? [])];
    if (restricted) told.push(...(await runRestricted(restricted, dryRun)));
    return told;
  }

  async function runRestricted({ scan, owners }: Planned, dryRun: boolean): Promise<Link[]> {
    const reader = createRestrictedReader(scan, keys);
    const told: Link[] = [];
    const report = emptyContactReport(scan.extract.name);
    let unusable = 0;
    for (const people of reader.people(owners.touched)) {
      const records = people.map((person) => person.contacts).filter(({ email, phone }) => email ?? phone);
      if (records.length > 0) await tell({ name: scan.extract.name, report, dryRun }, records);
      for (const person of people) {
        told.push(...person.links);
        unusable += person.unusable;
      }
    }
    const { created, changed, unchanged, skipped } = report;
    contacts = { created, changed, unchanged, kept: skipped.length, unusable };
    return [...told, ...(await links.findOthers(told, ({ rpps }) => reader.linksOf(rpps)))];
  }

  return {
    linkReport: linkFile?.report,
    contacts: (): ContactCounts | undefined => contacts,
    async differs(): Promise<boolean> {
      const isTold = await links.differ(await run(true));
      return isTold || (contacts?.created ?? 0) + (contacts?.changed ?? 0) > 0;
    },
    async apply(): Promise<void> {
      await links.apply(await run(false));
    },
  };
}

export type Beside = ReturnType<typeof createBeside>;

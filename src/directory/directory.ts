import { formatIdNatPs, type NationalId, rpps } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import type { EventReporter } from '#platform/events.ts';
import { createContactEvents } from './contacts/contact-events.ts';
import { createContactHistory } from './contacts/contact-history.ts';
import { type ContactDetails, createContactStore } from './contacts/contact-store.ts';
import {
  type ContactImportReport,
  createContactImport,
  createContactTelling,
} from './contacts/import-contacts.ts';
import { createDirectoryCounts, type DirectoryCounts } from './directory-counts.ts';
import type { DirectoryReader, DirectoryStore, RoleWithOrganization } from './directory-store.ts';
import { createDirectoryEvents, type LinkPurpose } from './events.ts';
import { exportFiles, type FilesRequest } from './export/export-files.ts';
import type { ExportedFile } from './export/export-request.ts';
import type { CsvReport } from './extract/read-csv.ts';
import { createGenerationPointer } from './generation/generation-pointer.ts';
import { createGenerationStorage, type GenerationLocation } from './generation/open-generation-storage.ts';
import { createRemoval } from './generation/remove-unread.ts';
import { createExtractImport, type ImportOptions } from './import/import-extracts.ts';
import type { ImportReport } from './import/import-report.ts';
import {
  findImportRun,
  type ImportRun,
  type ImportRunWithPlan,
  listImportRuns,
} from './import/import-run-store.ts';
import { type ApiKeys, createApiKeys } from './keys/api-keys.ts';
import { createLinkImport } from './links/import-links.ts';
import { createLinkStore } from './links/link-store.ts';
import { type ClaimedIdentity, type LinkResolution, resolveLink } from './links/resolve-link.ts';
import type { Practitioner } from './practitioner.ts';
import { createMemo } from './read/memo.ts';
import { createDirectoryStore } from './read/open-generations.ts';

/** A person with every role, ended ones included. */
export interface PractitionerWithRoles {
  practitioner: Practitioner;
  roles: RoleWithOrganization[];
}

export interface Directory extends AsyncDisposable {
  /** The generations to read, for whoever needs more than one person. */
  store: DirectoryStore;
  /** The record in the current generation, active or ended. */
  findPractitioner(nationalId: NationalId): Promise<PractitionerWithRoles | undefined>;
  /** Where a former ADELI number leads, under the conditions that a link must meet. */
  resolveLink(adeli: string, claimed: ClaimedIdentity): Promise<LinkResolution>;
  /** The former ADELI numbers that lead to an RPPS number; `resolveLink` tells whether one may be used. */
  findLinkedAdeli(rpps: string): Promise<string[]>;
  /** Puts it on record that a link was relied on; whoever relies on it announces it to the record's contacts. */
  recordLinkUse(unit: Unit, adeli: string, purpose: LinkPurpose): Promise<void>;
  findContactDetails(nationalId: NationalId): Promise<ContactDetails | undefined>;
  /**
   * The person answered what was sent to her details at `sentAt` (instant, milliseconds): they are verified, unless
   * they have changed since.
   */
  confirmContactDetails(unit: Unit, nationalId: NationalId, sentAt: number): Promise<void>;
  /** Instant of the extract that the current generation was made from; null for the empty directory. */
  asOf(): Promise<number | null>;
  /** Throws `ExtractError` for files that cannot be imported. */
  importExtracts(paths: readonly string[], options?: ImportOptions): Promise<ImportReport>;
  importLinks(path: string): Promise<CsvReport>;
  /** Loads what another system knows; nobody is written to. The contact desk imports what an Order tells later. */
  importContacts(path: string): Promise<ContactImportReport>;
  /** Number of the generation that is read now; 0 is the empty directory. */
  generation(): Promise<number>;
  /** Keeps a generation whatever is imported later: what `restoreGeneration` may go back to. */
  pinGeneration(generation: number): Promise<void>;
  restoreGeneration(generation: number): Promise<void>;
  /** What imports did, newest first; 50 unless told. Dry runs are not kept. */
  listRuns(limit?: number): Promise<ImportRun[]>;
  findRun(id: string): Promise<ImportRunWithPlan | undefined>;
  /** How many there are now by profession and by département. */
  counts(): Promise<DirectoryCounts>;
  /** Keys of the FHIR API. */
  keys: ApiKeys;
  /** Writes the current generation to files, one a type. */
  exportFiles(
    request: Omit<FilesRequest, 'generations' | 'generation'>,
    onPart?: (type: string, part: number) => void,
  ): Promise<ExportedFile[]>;
  /** Removes generations that page links may no longer go on in. */
  sweep(): Promise<void>;
}

export interface DirectoryDependencies {
  database: Database;
  generations: GenerationLocation;
  clock: Clock;
  events: EventReporter;
}

export function createDirectory(dependencies: DirectoryDependencies): Directory {
  const { database, clock } = dependencies;
  const storage = createGenerationStorage(dependencies.generations);
  const events = createDirectoryEvents(dependencies.events);
  const contactEvents = createContactEvents(dependencies.events);
  const pointer = createGenerationPointer(database);
  const store = createDirectoryStore(storage, pointer, clock);
  const removal = createRemoval({ database, storage, pointer });
  const links = createLinkStore(database);
  const contacts = createContactStore(database);
  const linkImport = createLinkImport(database, links);
  const { directory: folder } = dependencies.generations;
  const people = createPeopleFinder();

  return {
    store,
    findPractitioner: async (nationalId) => people(await store.current(), nationalId),
    async resolveLink(adeli, claimed) {
      const numbers = await links.findRpps(adeli);
      const [number] = numbers;
      const practitioner = number
        ? await (await store.current()).findPractitioner(formatIdNatPs(rpps(number)))
        : undefined;
      const resolution = resolveLink(numbers, practitioner, claimed);
      if (number) await database.write((unit) => events.linkRead(unit, adeli, resolution));
      return resolution;
    },
    findLinkedAdeli: (number) => links.findAdeli(number),
    recordLinkUse: events.linkUsed,
    findContactDetails: (nationalId) => contacts.find(formatIdNatPs(nationalId)),
    async confirmContactDetails(unit, nationalId, sentAt) {
      const idNatPs = formatIdNatPs(nationalId);
      const now = clock.now();
      if (await contacts.confirm(unit, idNatPs, sentAt, now)) await contactEvents.confirmed(unit, idNatPs);
    },
    asOf: async () => (await store.current()).asOf,
    importExtracts: createExtractImport({
      ...{ database, storage, pointer, removal, clock, events, folder, links: linkImport },
      tell: createContactTelling({ database, contacts, history: createContactHistory(database), clock }),
    }),
    importLinks: linkImport.importFile,
    importContacts: createContactImport({
      database,
      contacts,
      history: createContactHistory(database),
      clock,
    }),
    generation: async () => (await pointer.read()).current,
    pinGeneration: (generation) => database.write((unit) => pointer.pin(unit, generation)),
    restoreGeneration: (generation) => restore(generation),
    listRuns: (limit = 50) => listImportRuns(database, limit),
    findRun: (id) => findImportRun(database, id),
    counts: createDirectoryCounts(storage, store),
    keys: createApiKeys({ database, clock, events }),
    async exportFiles(request, onPart) {
      const { current: generation } = await pointer.read();
      return exportFiles({ ...request, generations: dependencies.generations, generation }, onPart);
    },
    sweep: () => removal.removeOld(clock.now()),
    async [Symbol.asyncDispose]() {
      await store.close();
      await storage.close();
    },
  };

  async function restore(generation: number): Promise<void> {
    if (!(await store.at(generation)))
      throw new Error(`generation ${generation} of the directory is not kept`);
    const { current: from } = await pointer.read();
    const now = clock.now();
    await database.write((unit) => pointer.restore(unit, { from, to: generation, now }));
  }
}

/** A generation never changes: somebody who signs in at several services is put together once. */
function createPeopleFinder() {
  const remembered = new WeakMap<
    DirectoryReader,
    ReturnType<typeof createMemo<PractitionerWithRoles | undefined>>
  >();
  return (reader: DirectoryReader, nationalId: NationalId): Promise<PractitionerWithRoles | undefined> => {
    const memo = remembered.get(reader) ?? createMemo<PractitionerWithRoles | undefined>();
    remembered.set(reader, memo);
    return memo(formatIdNatPs(nationalId), () => findWithRoles(reader, nationalId));
  };
}

async function findWithRoles(
  reader: DirectoryReader,
  nationalId: NationalId,
): Promise<PractitionerWithRoles | undefined> {
  const practitioner = await reader.findPractitioner(formatIdNatPs(nationalId));
  return practitioner && { practitioner, roles: await reader.listRoles(practitioner) };
}

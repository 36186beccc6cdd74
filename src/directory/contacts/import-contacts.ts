import { formatIdNatPs, type NationalId, parseIdNatPs } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database, Unit } from '#platform/database/database.ts';
import { openOneFile } from '../extract/open-files.ts';
import { type CsvReport, readCsv } from '../extract/read-csv.ts';
import type { ContactHistory } from './contact-history.ts';
import type { ContactDetails, ContactRecord, ContactStore } from './contact-store.ts';
import { parseEmail, parseMobile } from './parse-contacts.ts';

const columns = { identifier: 'Identifiant PP', email: 'Adresse e-mail', phone: 'Téléphone mobile' };

/** Rows a unit of work: the server beside the command waits for one at most. */
const batchRows = 500;

export interface ContactImportReport extends CsvReport {
  /** People of whom nothing was known, whose details were replaced, and whose details were the same already. */
  created: number;
  changed: number;
  unchanged: number;
}

export interface ContactImportOptions {
  /** Reads and reports, and changes nothing. */
  dryRun?: boolean;
}

/** Details that a file replaced. */
export interface ReplacedContacts {
  idNatPs: string;
  former: ContactDetails;
  present: ContactRecord;
  /** Instant, milliseconds. */
  at: number;
}

/** Tells people of changes; without one, the operator vouches for all and nobody is written to. */
export interface Announcer {
  /** Looks up, outside of a unit, what it needs to write to these people. */
  prepare(idNatPs: readonly string[]): Promise<(unit: Unit, change: ReplacedContacts) => Promise<void>>;
  ended(unit: Unit, report: ContactImportReport): Promise<void>;
}

export interface ContactImportDependencies {
  database: Database;
  contacts: ContactStore;
  history: ContactHistory;
  clock: Clock;
  announcer?: Announcer;
}

type Row = Record<keyof typeof columns, string>;
type FileRecord = ContactRecord & { line: number };

/** One file while it is read. */
interface Reading {
  name: string;
  /** What it tells is as of this instant, milliseconds: its date, and never later than now. */
  at: number;
  report: ContactImportReport;
  dryRun: boolean;
}

/**
 * Imports contact details as an Order's file tells them, a person a line. What the person did herself after the date
 * of the file is kept, and the line is told; what a file replaces is unverified, and announced.
 */
export function createContactImport(dependencies: ContactImportDependencies) {
  const { database, clock, announcer } = dependencies;
  return async (
    path: string,
    { dryRun = false }: ContactImportOptions = {},
  ): Promise<ContactImportReport> => {
    await using file = await openOneFile(path);
    const report = emptyContactReport('');
    const at = Math.min(file.extractedAt, clock.now());
    const reading: Reading = { name: file.name, at, report, dryRun };
    for await (const records of readCsv(file, columns, createRowParser(), report)) {
      for (let start = 0; start < records.length; start += batchRows)
        await applyBatch(dependencies, reading, records.slice(start, start + batchRows));
    }
    report.imported = report.created + report.changed + report.unchanged;
    reading.report.skipped.sort((a, b) => a.line - b.line);
    if (!dryRun) await database.write(async (unit) => announcer?.ended(unit, report));
    return report;
  };
}

/** What the national extract tells of people, in batches. Its report adds up over them. */
export interface ToldContacts {
  /** Of the file. */
  name: string;
  report: ContactImportReport;
  dryRun: boolean;
}

export type ContactTelling = ReturnType<typeof createContactTelling>;

/**
 * Applies what the national extract tells. It comes every day and does not learn what people did here: whatever the
 * person did herself is kept, of any age. What is not told of her stays.
 */
export function createContactTelling(dependencies: ContactImportDependencies) {
  return async ({ name, report, dryRun }: ToldContacts, told: readonly ContactRecord[]): Promise<void> => {
    const known = await dependencies.contacts.findAll(told.map(({ idNatPs }) => idNatPs));
    const records = told.map(({ idNatPs, email, phone }) => {
      const former = known.get(idNatPs);
      return {
        idNatPs,
        email: email ?? former?.email ?? null,
        phone: phone ?? former?.phone ?? null,
        line: 0,
      };
    });
    await applyBatch(dependencies, { name, at: 0, report, dryRun }, records);
  };
}

export const emptyContactReport = (name: string): ContactImportReport => ({
  ...{ name, rows: 0, imported: 0, skipped: [], created: 0, changed: 0, unchanged: 0 },
});

function createRowParser(): (row: Row, line: number) => FileRecord | string {
  const seen = new Set<string>();
  return (row, line) => {
    const record = parseRecord(row);
    if (typeof record === 'string') return record;
    // Which of two lines about one person is right, nobody here can know.
    if (seen.has(record.idNatPs)) return 'duplicate_person';
    seen.add(record.idNatPs);
    return { ...record, line };
  };
}

function parseRecord(row: Row): ContactRecord | string {
  const nationalId = parseIdentifier(row.identifier);
  if (!nationalId) return 'bad_identifier';
  const email = row.email === '' ? null : parseEmail(row.email);
  if (email !== null && typeof email !== 'string') return email.fault;
  const phone = row.phone === '' ? null : parsePhone(row.phone);
  if (phone !== null && typeof phone !== 'string') return phone.fault;
  return { idNatPs: formatIdNatPs(nationalId), email, phone };
}

/** An Order knows mobiles of other countries too. */
function parsePhone(text: string): ReturnType<typeof parseMobile> {
  const parsed = parseMobile(text);
  if (typeof parsed === 'string' || parsed.fault === 'not_mobile') return parsed;
  const number = text.replace(/[\s.()-]/g, '');
  return /^\+(?!33)\d{8,15}$/.test(number) ? number : parsed;
}

/** "Identifiant PP" has no prefix: 11 digits are an RPPS number, 9 characters an ADELI one; with its prefix it works too. */
function parseIdentifier(text: string): NationalId | undefined {
  if (/^\d{11}$/.test(text)) return { kind: 'rpps', value: text };
  return text.length === 9 ? parseIdNatPs(`0${text}`) : parseIdNatPs(text);
}

async function applyBatch(
  dependencies: ContactImportDependencies,
  reading: Reading,
  records: readonly FileRecord[],
): Promise<void> {
  const { database, contacts, announcer } = dependencies;
  const ids = records.map(({ idNatPs }) => idNatPs);
  if (reading.dryRun) return tally(reading, await judge(dependencies, reading, records));
  const known = await contacts.findAll(ids);
  const announce = await announcer?.prepare([...known.keys()]);
  const judged = await database.write(async (unit) => {
    const batch = await judge(dependencies, reading, records, unit);
    for (const each of batch) await save(dependencies, reading, each, { unit, announce });
    return batch;
  });
  tally(reading, judged);
}

interface Judged {
  record: FileRecord;
  former: ContactDetails | undefined;
  outcome: 'created' | 'changed' | 'unchanged' | 'kept';
}

async function judge(
  { contacts, history }: ContactImportDependencies,
  { at }: Reading,
  records: readonly FileRecord[],
  unit?: Unit,
): Promise<Judged[]> {
  const ids = records.map(({ idNatPs }) => idNatPs);
  const known = await contacts.findAll(ids, unit);
  const own = await history.listOwn(ids, unit);
  return records.map((record) => {
    const former = known.get(record.idNatPs);
    return { record, former, outcome: compare(record, former, { at, ownAt: own.get(record.idNatPs) }) };
  });
}

/** `ownAt`: when the person last changed, proved or withdrew her details herself. */
function compare(
  { email, phone }: ContactRecord,
  former: ContactDetails | undefined,
  { at, ownAt = 0 }: { at: number; ownAt: number | undefined },
): Judged['outcome'] {
  if (!former) return 'created';
  if (former.email === email && former.phone === phone) return 'unchanged';
  const isOwn = former.changedUnder !== null && former.changedUnder !== 'file';
  return Math.max(ownAt, isOwn ? former.changedAt : 0) > at ? 'kept' : 'changed';
}

async function save(
  { contacts, clock, announcer }: ContactImportDependencies,
  { name }: Reading,
  { record, former, outcome }: Judged,
  { unit, announce }: { unit: Unit; announce: Awaited<ReturnType<Announcer['prepare']>> | undefined },
): Promise<void> {
  if (outcome === 'unchanged' || outcome === 'kept') return;
  const { idNatPs, email, phone } = record;
  const at = clock.now();
  // Nobody vouches for what takes the place of details that were there: the next activation proves it.
  const replaces = former !== undefined && announcer !== undefined;
  const ground = { verified: !replaces, changedUnder: replaces ? ('file' as const) : null };
  await contacts.change(unit, idNatPs, { email, phone, changedAt: at, ...ground }, { source: name });
  if (former) await announce?.(unit, { idNatPs, former, present: record, at });
}

/** Only what is committed is counted: a unit may run more than once. */
function tally({ report }: Reading, judged: readonly Judged[]): void {
  for (const { record, outcome } of judged) {
    if (outcome === 'kept') report.skipped.push({ line: record.line, reason: 'newer_own_details' });
    else report[outcome]++;
  }
}

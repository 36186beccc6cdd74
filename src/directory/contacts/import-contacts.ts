import { formatIdNatPs, type NationalId, parseIdNatPs } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { type CsvReport, readCsv } from '../extract/read-csv.ts';
import type { ContactRecord, ContactStore } from './contact-store.ts';

const columns = { identifier: 'Identifiant PP', email: 'Adresse e-mail', phone: 'Téléphone mobile' };

/** Rows a unit of work: the server beside the command waits for one at most. */
const batchRows = 500;

type Row = Record<keyof typeof columns, string>;

function parseContact(row: Row): ContactRecord | string {
  const nationalId = parseIdentifier(row.identifier);
  if (!nationalId) return 'bad_identifier';
  const email = row.email === '' ? null : row.email;
  if (email && !/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/.test(email)) return 'bad_email';
  const phone = row.phone === '' ? null : row.phone.replace(/[\s.()-]/g, '');
  if (phone && !/^(0\d{9}|\+\d{8,15})$/.test(phone)) return 'bad_phone';
  return { idNatPs: formatIdNatPs(nationalId), email, phone };
}

/** "Identifiant PP" has no prefix: 11 digits are an RPPS number, 9 characters an ADELI one; with its prefix it works too. */
function parseIdentifier(text: string): NationalId | undefined {
  if (/^\d{11}$/.test(text)) return { kind: 'rpps', value: text };
  return text.length === 9 ? parseIdNatPs(`0${text}`) : parseIdNatPs(text);
}

/** Imports contact details: a line replaces what was known of that person. */
export function createContactImport(database: Database, store: ContactStore, clock: Clock) {
  return async (path: string): Promise<CsvReport> => {
    const report: CsvReport = { name: '', rows: 0, imported: 0, skipped: [] };
    for await (const records of readCsv(path, columns, parseContact, report)) {
      for (let start = 0; start < records.length; start += batchRows) {
        const batch = records.slice(start, start + batchRows);
        await database.write((unit) => store.put(unit, batch, clock.now()));
      }
      report.imported += records.length;
    }
    return report;
  };
}

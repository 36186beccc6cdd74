import type { Database } from '#platform/database/database.ts';
import { linkColumns } from '../extract/link-columns.ts';
import { type InputFile, openOneFile } from '../extract/open-files.ts';
import { type CsvReport, readCsv } from '../extract/read-csv.ts';
import type { Link, LinkStore } from './link-store.ts';

/** Rows a unit of work: the server beside the command waits for one at most. */
const batchRows = 500;

function parseLink({ adeli, rpps }: Link): Link | string {
  if (!/^[0-9A-Z]{9}$/.test(adeli)) return 'bad_adeli';
  return /^[0-9]{11}$/.test(rpps) ? { adeli, rpps } : 'bad_rpps';
}

/**
 * Imports the correspondence. What a file tells of an ADELI number replaces what was known of it; numbers that it
 * does not name stay, so that both the whole table and a file of additions work.
 */
export function createLinkImport(database: Database, store: LinkStore) {
  return async (path: string): Promise<CsvReport> => {
    await using file = await openOneFile(path);
    return await importFile(file);
  };

  async function importFile(file: InputFile): Promise<CsvReport> {
    const report: CsvReport = { name: '', rows: 0, imported: 0, skipped: [] };
    const replaced = new Set<string>();
    for await (const links of readCsv(file, linkColumns, parseLink, report)) {
      for (let start = 0; start < links.length; start += batchRows) {
        await importBatch(links.slice(start, start + batchRows), replaced);
      }
      report.imported += links.length;
    }
    return report;
  }

  async function importBatch(links: readonly Link[], replaced: Set<string>): Promise<void> {
    const outdated = [...new Set(links.map(({ adeli }) => adeli))].filter((adeli) => !replaced.has(adeli));
    await database.write(async (unit) => {
      await store.remove(unit, outdated);
      await store.add(unit, links);
    });
    for (const adeli of outdated) replaced.add(adeli);
  }
}

import type { Database } from '#platform/database/database.ts';
import { linkColumns } from '../extract/link-columns.ts';
import { type InputFile, openOneFile } from '../extract/open-files.ts';
import { type CsvReport, readCsv } from '../extract/read-csv.ts';
import type { Link, LinkStore } from './link-store.ts';

/** ADELI numbers a unit of work: the server beside the command waits for one at most. */
const batchSize = 500;

/** What a file of the correspondence tells. */
export interface LinkFile {
  report: CsvReport;
  links: Link[];
}

/** Nothing is written. Throws `ExtractError` for a file that is none. */
export async function readLinkFile(file: InputFile): Promise<LinkFile> {
  const report: CsvReport = { name: '', rows: 0, imported: 0, skipped: [] };
  const links: Link[] = [];
  for await (const block of readCsv(file, linkColumns, parseLink, report)) links.push(...block);
  report.imported = links.length;
  return { report, links };
}

function parseLink({ adeli, rpps }: Link): Link | string {
  if (!/^[0-9A-Z]{9}$/.test(adeli)) return 'bad_adeli';
  return /^[0-9]{11}$/.test(rpps) ? { adeli, rpps } : 'bad_rpps';
}

export type LinkImport = ReturnType<typeof createLinkImport>;

/**
 * Imports the correspondence. What is told of an ADELI number replaces what was known of it; other numbers stay, so
 * that both the whole table and a file of additions work.
 */
export function createLinkImport(database: Database, store: LinkStore) {
  /** Those of which something else is told than is known, in batches. */
  async function* findDifferent(links: readonly Link[]): AsyncGenerator<[adeli: string, told: Link[]][]> {
    const told = [...Map.groupBy(links, ({ adeli }) => adeli)];
    for (let start = 0; start < told.length; start += batchSize) {
      const batch = told.slice(start, start + batchSize);
      const known = await store.findAll(batch.map(([adeli]) => adeli));
      const different = batch.filter(([adeli, own]) => !isSame(own, known.get(adeli) ?? []));
      if (different.length > 0) yield different;
    }
  }

  async function apply(links: readonly Link[]): Promise<void> {
    for await (const batch of findDifferent(links)) {
      await database.write(async (unit) => {
        await store.remove(
          unit,
          batch.map(([adeli]) => adeli),
        );
        await store.add(
          unit,
          batch.flatMap(([, told]) => told),
        );
      });
    }
  }

  return {
    apply,
    /** Of the ADELI numbers told of, the links that are known beside and that the file still tells elsewhere. */
    async findOthers(told: readonly Link[], tellsOf: (known: Link) => readonly Link[]): Promise<Link[]> {
      const others: Link[] = [];
      for await (const batch of findDifferent(told)) {
        for (const [adeli, numbers] of await store.findAll(batch.map(([number]) => number))) {
          const known = numbers.map((rpps) => ({ adeli, rpps }));
          others.push(...known.filter((link) => tellsOf(link).some((own) => own.adeli === adeli)));
        }
      }
      return others;
    },
    async differ(links: readonly Link[]): Promise<boolean> {
      for await (const _ of findDifferent(links)) return true;
      return false;
    },
    async importFile(path: string): Promise<CsvReport> {
      await using file = await openOneFile(path);
      const { report, links } = await readLinkFile(file);
      await apply(links);
      return report;
    },
  };
}

function isSame(told: readonly Link[], known: readonly string[]): boolean {
  const numbers = new Set(told.map(({ rpps }) => rpps));
  return numbers.size === known.length && known.every((rpps) => numbers.has(rpps));
}

import { splitCsv } from './read-csv.ts';

/** The ADELI to RPPS correspondence, a CSV file. */
export const linkKind = 'Correspondance_ADELI_RPPS';
export const linkColumns = { adeli: 'N° ADELI', rpps: 'N° RPPS' } as const;

/** Whether a first line means to be the correspondence's: it has one of the columns. */
export function isLinkHeader(line: string): boolean {
  const names = splitCsv(line);
  return Object.values(linkColumns).some((name) => names.includes(name));
}

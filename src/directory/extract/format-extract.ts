import { type ActivityColumn, type ActivityRecord, activityColumns } from './columns.ts';

const columns = Object.keys(activityColumns) as ActivityColumn[];

/** The header line of Personne_activite, without line end. */
export const extractHeader: string = Object.values(activityColumns).join('|');

/** One row of Personne_activite, without line end. The format has no quoting: a value that holds `|` is refused. */
export function formatExtractRow(record: ActivityRecord): string {
  const values = columns.map((column) => record[column] ?? '');
  const broken = values.findIndex((value) => /[|\r\n]/.test(value));
  if (broken !== -1) throw new Error(`the column "${columns[broken]}" holds a separator`);
  return values.join('|');
}

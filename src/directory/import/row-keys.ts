import type { Fields } from '../extract/read-extract.ts';

/** Joins values into one text to hash; the separator is in no extract. */
export const joinValues = (values: readonly (string | null)[]): string => values.join('\u001f');

export const orNull = (value: string): string | null => (value === '' ? null : value);

/** Reads columns by key; a column that the row or the file lacks is empty. */
export function createFieldReader<Column extends string>(
  positions: Record<string, number>,
): (fields: Fields, column: Column) => string {
  return (fields, column) => fields[positions[column] ?? -1] ?? '';
}

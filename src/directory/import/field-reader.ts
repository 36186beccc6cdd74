import type { Fields } from '../extract/row-rules.ts';

/** Reads columns by key; a column that the row or the file lacks is empty. */
export function createFieldReader<Column extends string>(
  positions: Record<string, number>,
): (fields: Fields, column: Column) => string {
  return (fields, column) => fields[positions[column] ?? -1] ?? '';
}

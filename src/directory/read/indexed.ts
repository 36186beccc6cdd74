import type { Filter } from '../directory-store.ts';
import { type GenerationTable, generationTables, type TableDefinition } from '../generation/schema.ts';
import type { FieldDefinition } from './compile-filter.ts';

type Fields = Readonly<Record<string, FieldDefinition>>;

/** Whether a filter looks at the table alone. */
export function isOwn(filter: Filter<string>, fields: Fields): boolean {
  if ('link' in filter) return false;
  if ('field' in filter) return isOwnField(fields[filter.field]);
  return partsOf(filter).every((part) => isOwn(part, fields));
}

/** Whether an index of the table leads to what the filter, which is its own, is true of. */
export function isIndexed(filter: Filter<string>, fields: Fields, table: GenerationTable): boolean {
  if ('link' in filter || 'noneOf' in filter) return false;
  if ('anyOf' in filter) return filter.anyOf.every((part) => isIndexed(part, fields, table));
  if ('allOf' in filter) return filter.allOf.some((part) => isIndexed(part, fields, table));
  if (filter.match === 'present' || filter.match === 'contains') return false;
  return isIndexedField(fields[filter.field], table);
}

function partsOf(filter: Exclude<Filter<string>, { field: string } | { link: string }>) {
  if ('anyOf' in filter) return filter.anyOf;
  return 'allOf' in filter ? filter.allOf : filter.noneOf;
}

function isOwnField(definition: FieldDefinition | undefined): boolean {
  if (!definition) return false;
  if ('anyOf' in definition) return definition.anyOf.every(isOwnField);
  return !('within' in definition) || definition.by !== undefined;
}

function isIndexedField(definition: FieldDefinition | undefined, table: GenerationTable): boolean {
  if (!definition) return false;
  if ('anyOf' in definition) return definition.anyOf.every((part) => isIndexedField(part, table));
  if ('folded' in definition) return !definition.lines && leadsAnIndex(definition.folded, table);
  if ('copied' in definition) return leadsAnIndex(definition.copied, table);
  if ('within' in definition) return definition.by !== undefined && leadsAnIndex(definition.by, table);
  return leadsAnIndex(definition.column, table);
}

function leadsAnIndex(column: string, table: GenerationTable): boolean {
  const { indexes = [] }: TableDefinition = generationTables[table];
  return indexes.some(([first]) => first === column);
}

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Condition, Filter, Match } from '../directory-store.ts';
import { foldText } from '../names.ts';

type Predicate = RawBuilder<SqlBool>;
type Column = RawBuilder<unknown>;

/** What a field of a search reads. */
export type FieldDefinition =
  /** A column compared as it is. */
  | { column: string }
  /** A text, with the column that holds it folded; `lines` if the folded one begins each of its lines by a newline. */
  | { column: string; folded: string; lines?: boolean }
  /** Rows of another table that belong to the resource: `exists` wraps the condition on its column. */
  | { column: string; lowered?: boolean; exists(condition: Predicate): Predicate }
  /** Any of these fields. */
  | { anyOf: readonly FieldDefinition[] };

const always = sql<SqlBool>`1 = 1`;
const never = sql<SqlBool>`1 = 0`;

/** Turns filters into one condition for `where`; `fields` says what each field reads. Portable to both engines. */
export function compileFilters<Field extends string>(
  filters: readonly Filter<Field>[],
  fields: Record<Field, FieldDefinition>,
): Predicate {
  const compile = (filter: Filter<Field>): Predicate => {
    if ('anyOf' in filter) return join(filter.anyOf.map(compile), ' or ', never);
    if ('allOf' in filter) return join(filter.allOf.map(compile), ' and ', always);
    // Of an absent value a comparison is neither true nor false: it is none of them.
    if ('noneOf' in filter)
      return sql`not coalesce(${join(filter.noneOf.map(compile), ' or ', never)}, false)`;
    return compileCondition(filter, fields[filter.field]);
  };
  return join(filters.map(compile), ' and ', always);
}

function join(conditions: Predicate[], word: ' and ' | ' or ', none: Predicate): Predicate {
  return conditions.length === 0 ? none : sql`(${sql.join(conditions, sql.raw(word))})`;
}

function compileCondition(condition: Condition<string>, definition: FieldDefinition): Predicate {
  if ('anyOf' in definition) {
    return join(
      definition.anyOf.map((part) => compileCondition(condition, part)),
      ' or ',
      never,
    );
  }
  if ('exists' in definition) {
    const column = sql`${sql.ref(definition.column)}`;
    const text = definition.lowered ? sql`lower(${column})` : column;
    const fold = definition.lowered ? foldText : asItIs;
    return definition.exists(compare(condition, { exact: column, text, fold, lines: false }));
  }
  const exact = sql`${sql.ref(definition.column)}`;
  if (!('folded' in definition))
    return compare(condition, { exact, text: exact, fold: asItIs, lines: false });
  const text = sql`${sql.ref(definition.folded)}`;
  return compare(condition, { exact, text, fold: foldText, lines: definition.lines === true });
}

const asItIs = (text: string): string => text;

interface Compared {
  exact: Column;
  /** What `startsWith` and `contains` look at, and how what is sought is made like it. */
  text: Column;
  fold(text: string): string;
  lines: boolean;
}

/** A column that is null agrees with nothing. */
function compare({ match, values }: Condition<string>, compared: Compared): Predicate {
  if (match === 'present') return sql`coalesce(${compared.exact}, '') <> ''`;
  if (match === 'equals') return equalsAny(compared.exact, values);
  const conditions = values.map((value) => compareOne(match, value, compared));
  return join(conditions, ' or ', never);
}

/** One list, however long: a chain of comparisons would be too deep for SQLite. */
function equalsAny(column: Column, values: Condition<string>['values']): Predicate {
  return values.length === 0 ? never : sql`${column} in (${sql.join(values.map(toStored))})`;
}

const operators = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

function compareOne(
  match: Exclude<Match, 'present' | 'equals'>,
  value: string | number | boolean,
  { exact, text, fold, lines }: Compared,
): Predicate {
  const sought = fold(String(value));
  if (match === 'startsWith') return lines ? contains(text, `\n${sought}`) : startsWith(text, sought);
  if (match === 'contains') return contains(text, sought);
  return sql`${exact} ${sql.raw(operators[match])} ${value}`;
}

const toStored = (value: string | number | boolean) => (typeof value === 'boolean' ? Number(value) : value);

/** A range, which an index answers; texts are ordered by their bytes on both engines. */
function startsWith(column: Column, prefix: string): Predicate {
  return sql`(${column} >= ${prefix} and ${column} < ${`${prefix}\u{10ffff}`})`;
}

function contains(column: Column, value: string): Predicate {
  const escaped = value.replace(/[\\%_]/g, '\\$&');
  return sql`${column} like ${`%${escaped}%`} escape '\\'`;
}

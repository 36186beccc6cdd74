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
    if ('noneOf' in filter) return sql`not ${join(filter.noneOf.map(compile), ' or ', never)}`;
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
    return definition.exists(compare(condition, { exact: column, folded: text, lines: false }));
  }
  const folded = 'folded' in definition ? definition : { folded: definition.column };
  return compare(condition, {
    exact: sql`${sql.ref(definition.column)}`,
    folded: sql`${sql.ref(folded.folded)}`,
    lines: 'lines' in folded && folded.lines === true,
  });
}

interface Compared {
  exact: Column;
  folded: Column;
  lines: boolean;
}

/** A column that is null never agrees, in a negation either. */
function compare({ match, values }: Condition<string>, compared: Compared): Predicate {
  if (match === 'present') return sql`coalesce(${compared.exact}, '') <> ''`;
  const conditions = values.map((value) => compareOne(match, value, compared));
  return join(conditions, ' or ', never);
}

const operators = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

function compareOne(
  match: Exclude<Match, 'present'>,
  value: string | number | boolean,
  compared: Compared,
): Predicate {
  const { exact, folded, lines } = compared;
  if (match === 'equals') return sql`(${exact} is not null and ${exact} = ${toStored(value)})`;
  if (match === 'startsWith')
    return lines ? contains(folded, `\n${value}`) : startsWith(folded, String(value));
  if (match === 'contains') return contains(folded, String(value));
  return sql`${exact} ${sql.raw(operators[match])} ${value}`;
}

const toStored = (value: string | number | boolean) => (typeof value === 'boolean' ? Number(value) : value);

/** A range, which an index answers; texts are ordered by their bytes on both engines. */
function startsWith(column: Column, value: string): Predicate {
  const prefix = foldText(value);
  return sql`(${column} >= ${prefix} and ${column} < ${`${prefix}\u{10ffff}`})`;
}

function contains(column: Column, value: string): Predicate {
  const escaped = foldText(value).replace(/[\\%_]/g, '\\$&');
  return sql`${column} like ${`%${escaped}%`} escape '\\'`;
}

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Condition, Filter, LinkFilter, Match } from '../directory-store.ts';
import { foldText } from '../names.ts';
import { joinValues, separator } from '../tuples.ts';
import type { FindKinds, KindTable } from './kinds.ts';

export type Predicate = RawBuilder<SqlBool>;
/** A select with one column `n`. */
export type Numbers = RawBuilder<{ n: number }>;
type Part = RawBuilder<unknown>;
type Column = RawBuilder<unknown>;
type SoughtValue = string | number | boolean;

/** What a field of a search reads. */
export type FieldDefinition =
  /** A column compared as it is; `store` turns what is sought into what the column holds; `optional` if it may be null. */
  | { column: string; store?(value: string): Uint8Array | string; optional?: boolean }
  /**
   * A text whose folded form a column holds, and which is itself one of those joined in `content`; `lines` if the
   * folded one begins each of its lines by a newline.
   */
  | { folded: string; lines?: boolean }
  /** A folded text alone: `equals` ignores case and accents. */
  | { copied: string }
  /** Rows of other tables that belong to the resource: `within` wraps the condition on a column of theirs. */
  | {
      column: string;
      lowered?: boolean;
      store?(value: string): Uint8Array | string;
      within(condition: Part, scope: Scope): Predicate;
      /** The resources' numbers, found by those rows. */
      numbers?(condition: Part): Numbers;
      /** A column of the resource's own table that an index may find `within` by. */
      by?: string;
    }
  /** A code of a tuple that is written once: `within` looks for one of those with it, by their numbers. */
  | {
      kinds: KindTable;
      column: string;
      within(kinds: Part, scope: Scope): Predicate;
      numbers?(kinds: Part): Numbers;
      by?: string;
    }
  /** Any of these fields. */
  | { anyOf: readonly FieldDefinition[] };

const always = sql<SqlBool>`1 = 1`;
const never = sql<SqlBool>`1 = 0`;

/** What a compilation needs to know of the generation. */
export interface Scope {
  findKinds: FindKinds;
  /** Whether the resource is known already, so that an index by its codes leads nowhere. */
  isKnown?: boolean;
  compileLink(filter: LinkFilter, scope: Scope): Predicate;
}

/** Turns filters into one condition for `where`; `fields` says what each field reads. Portable to both engines. */
export function compileFilters<Field extends string>(
  filters: readonly Filter<Field>[],
  fields: Record<Field, FieldDefinition>,
  scope: Scope,
): Predicate {
  const compile = (filter: Filter<Field>): Predicate => {
    if ('anyOf' in filter) return join(filter.anyOf.map(compile), ' or ', never);
    if ('allOf' in filter) return join(filter.allOf.map(compile), ' and ', always);
    // Of an absent value a comparison is neither true nor false: it is none of them.
    if ('noneOf' in filter)
      return sql`not coalesce(${join(filter.noneOf.map(compile), ' or ', never)}, false)`;
    if ('link' in filter) return scope.compileLink(filter, scope);
    return compileCondition(filter, fields[filter.field], scope);
  };
  return join(filters.map(compile), ' and ', always);
}

/** `none` is what an empty list means, and so adds nothing to others. */
function join(conditions: Predicate[], word: ' and ' | ' or ', none: Predicate): Predicate {
  const rest = conditions.filter((condition) => condition !== none);
  return rest.length === 0 ? none : sql`(${sql.join(rest, sql.raw(word))})`;
}

function compileCondition(
  condition: Condition<string>,
  definition: FieldDefinition,
  scope: Scope,
): Predicate {
  if ('anyOf' in definition) {
    return join(
      definition.anyOf.map((part) => compileCondition(condition, part, scope)),
      ' or ',
      never,
    );
  }
  if ('kinds' in definition) {
    const kinds = scope.findKinds(definition.kinds, definition.column, condition);
    return kinds.length === 0 ? never : definition.within(sql.join(kinds), scope);
  }
  if ('copied' in definition) return compareCopy(condition, definition.copied);
  if ('folded' in definition) return compareText(condition, definition);
  const compared = compareColumn(condition, definition);
  return 'within' in definition ? definition.within(compared, scope) : compared;
}

/** A select of the numbers of resources, some maybe more than once, by what other tables tell of them. */
export function compileNumbers(
  condition: Condition<string>,
  definition: FieldDefinition,
  scope: Scope,
): Numbers | undefined {
  // What has any value at all is no beginning: that may be everybody.
  if (condition.match === 'present') return undefined;
  if (!('numbers' in definition) || !definition.numbers) return undefined;
  if (!('kinds' in definition)) return definition.numbers(compareColumn(condition, definition));
  const kinds = scope.findKinds(definition.kinds, definition.column, condition);
  return definition.numbers(kinds.length === 0 ? sql`null` : sql.join(kinds));
}

/** A column that is null agrees with nothing. */
function compareColumn(
  { match, values }: Condition<string>,
  {
    column,
    store,
    lowered,
  }: { column: string; store?(value: string): Uint8Array | string; lowered?: boolean },
): Predicate {
  const exact = sql`${sql.ref(column)}`;
  if (match === 'present') return sql`coalesce(${exact}, '') <> ''`;
  if (match === 'equals')
    return equalsAny(
      exact,
      values.map((value) => (store ? store(String(value)) : value)),
    );
  const text = lowered ? sql`lower(${exact})` : exact;
  const fold = lowered ? foldText : asItIs;
  return join(
    values.map((value) => compareOne(match, value, { exact, text, fold })),
    ' or ',
    never,
  );
}

const asItIs = (text: string): string => text;

/** Compared as it is written only where `equals` asks for it: the folded form finds the candidates by its index. */
function compareText(
  { match, values }: Condition<string>,
  { folded, lines = false }: { folded: string; lines?: boolean },
): Predicate {
  const text = sql`${sql.ref(folded)}`;
  if (match === 'present') return sql`coalesce(${text}, '') <> ''`;
  const compare = (value: SoughtValue): Predicate => {
    const sought = foldText(String(value));
    if (match === 'equals') return equalsText(text, String(value), sought, lines);
    if (match === 'startsWith') return lines ? contains(text, `\n${sought}`) : startsWith(text, sought);
    if (match === 'contains') return contains(text, sought);
    throw new Error(`a text is not compared by ${match}`);
  };
  return join(values.map(compare), ' or ', never);
}

function compareCopy({ match, values }: Condition<string>, copied: string): Predicate {
  const column = sql`${sql.ref(copied)}`;
  const sought = values.map((value) => foldText(String(value)));
  if (match === 'equals') return equalsAny(column, sought);
  if (match !== 'startsWith') throw new Error(`a copied text is not compared by ${match}`);
  return join(
    sought.map((prefix) => startsWith(column, prefix)),
    ' or ',
    never,
  );
}

function equalsText(text: Column, value: string, sought: string, lines: boolean): Predicate {
  const found = lines ? contains(text, `\n${sought}`) : sql<SqlBool>`${text} = ${sought}`;
  const joined = sql`${sql.lit(separator)} || ${sql.ref('content')} || ${sql.lit(separator)}`;
  // `like` minds case on one engine only.
  return sql`(${found} and replace(${joined}, ${joinValues(['', value, ''])}, '') <> ${joined})`;
}

/** One list, however long: a chain of comparisons would be too deep for SQLite. */
function equalsAny(column: Column, values: readonly (SoughtValue | Uint8Array)[]): Predicate {
  return values.length === 0 ? never : sql`${column} in (${sql.join(values.map(toStored))})`;
}

const operators = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

interface Compared {
  exact: Column;
  /** What `startsWith` and `contains` look at, and how what is sought is made like it. */
  text: Column;
  fold(text: string): string;
}

function compareOne(
  match: Exclude<Match, 'present' | 'equals'>,
  value: SoughtValue,
  { exact, text, fold }: Compared,
): Predicate {
  if (match === 'startsWith') return startsWith(text, fold(String(value)));
  if (match === 'contains') return contains(text, fold(String(value)));
  return sql`${exact} ${sql.raw(operators[match])} ${value}`;
}

const toStored = (value: SoughtValue | Uint8Array) => (typeof value === 'boolean' ? Number(value) : value);

/** A range, which an index answers; texts are ordered by their bytes on both engines. */
function startsWith(column: Column, prefix: string): Predicate {
  return sql`(${column} >= ${prefix} and ${column} < ${`${prefix}\u{10ffff}`})`;
}

function contains(column: Column, value: string): Predicate {
  const escaped = value.replace(/[\\%_]/g, '\\$&');
  return sql`${column} like ${`%${escaped}%`} escape '\\'`;
}

import { type RawBuilder, sql } from 'kysely';
import type { Order } from '../directory-store.ts';
import type { FieldDefinition, Predicate } from './compile-filter.ts';

interface Key {
  column: RawBuilder<unknown>;
  descending: boolean;
}

export interface CompiledOrder {
  /** What follows `order by`: the resource's number comes last, so that no two rows are equal. */
  keys: RawBuilder<unknown>;
  /** True of the rows that come after the one with this id. */
  beyond(id: Uint8Array): Predicate;
}

/** Turns an order into SQL of both engines; `backwards` turns it round. */
export function compileOrder<Field extends string>(
  order: readonly Order<Field>[],
  fields: Record<Field, FieldDefinition>,
  { source, backwards }: { source: RawBuilder<unknown>; backwards: boolean },
): CompiledOrder {
  const sought = order.flatMap(({ field, descending }) =>
    columnsOf(fields[field]).map((column) => ({ column, descending })),
  );
  const number = { column: sql.ref('n'), descending: sought.at(-1)?.descending ?? false };
  const keys = [...sought, number].map((key) => ({ ...key, descending: key.descending !== backwards }));
  return {
    keys: list(keys.map(({ column, descending }) => (descending ? sql`${column} desc` : column))),
    beyond: (id) => compareKeys(keys, (columns) => sql`(select ${columns} from ${source} where id = ${id})`),
  };
}

/** A text is never null where it is folded, nor is a date; another may be. */
function columnsOf(definition: FieldDefinition): RawBuilder<unknown>[] {
  if ('anyOf' in definition) return definition.anyOf.flatMap(columnsOf);
  if ('folded' in definition) return [sql.ref(definition.folded)];
  if ('copied' in definition) return [sql.ref(definition.copied)];
  if ('within' in definition) throw new Error('what other tables tell has no order');
  return [
    definition.optional ? sql`coalesce(${sql.ref(definition.column)}, '')` : sql.ref(definition.column),
  ];
}

const list = (parts: readonly RawBuilder<unknown>[]) => sql.join(parts, sql.raw(', '));

type ReadOther = (columns: RawBuilder<unknown>) => RawBuilder<unknown>;

/**
 * In one direction all keys are one row, which an index answers. In two each key is compared where those before it are
 * equal; that none is before the other's first key goes without saying, but tells an index where to begin.
 */
function compareKeys(keys: readonly Key[], other: ReadOther): Predicate {
  const columns = keys.map(({ column }) => column);
  const [first] = keys;
  if (first && keys.every(({ descending }) => descending === first.descending)) {
    const own = columns.length === 1 ? list(columns) : sql`(${list(columns)})`;
    return sql`${own} ${operator(first)} ${other(list(columns))}`;
  }
  const alternatives = keys.map((key, at) => {
    const equal = keys.slice(0, at).map(({ column }) => sql`${column} = ${other(column)}`);
    return sql`(${sql.join([...equal, sql`${key.column} ${operator(key)} ${other(key.column)}`], sql.raw(' and '))})`;
  });
  const begin = first ? sql`${first.column} ${operator(first)}= ${other(first.column)} and ` : sql``;
  return sql`(${begin}(${sql.join(alternatives, sql.raw(' or '))}))`;
}

const operator = ({ descending }: Key) => sql.raw(descending ? '<' : '>');

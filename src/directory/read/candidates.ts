import { type Kysely, sql } from 'kysely';
import type { Condition, Filter, LinkFilter } from '../directory-store.ts';
import type { GenerationTables } from '../generation/tables.ts';
import {
  compileFilters,
  compileNumbers,
  type FieldDefinition,
  type Numbers,
  type Scope,
} from './compile-filter.ts';
import { organizationFields, practitionerFields, roleFields } from './fields.ts';
import { isIndexed, isOwn } from './indexed.ts';

export type ResourceTable = 'practitioner' | 'practitioner_role' | 'organization';

/** The resources that filters are true of, found from an index on: a column of their table, some maybe twice. */
export type Candidates = (column: string) => Numbers;

/** One way to the candidates, and what it begins with. */
interface Way {
  begin: Numbers;
  candidates: Candidates;
}

type Fields = Readonly<Record<string, FieldDefinition>>;

const fieldsOf: Record<ResourceTable, Fields> = {
  practitioner: practitionerFields,
  practitioner_role: roleFields,
  organization: organizationFields,
};

/** A beginning is counted as far as this. */
const longest = 20_000;
/** One as short as this is taken at once. */
const short = 500;

/**
 * Finds the way that begins with the fewest: no planner knows how many have one code or bear one name, so that they
 * are counted where there is a choice. `undefined` where no index helps.
 */
export function createCandidateFinder(db: Kysely<GenerationTables>, scope: Scope) {
  async function find(
    table: ResourceTable,
    filters: readonly Filter<string>[],
  ): Promise<Candidates | undefined> {
    const parts = filters.flatMap(unfold);
    const others = parts.filter((part) => !isOwn(part, fieldsOf[table]));
    const ways = await Promise.all(others.map((other) => wayFrom(other, table, parts)));
    const way = await findShortest([ownWay(table, parts), ...ways].filter((one) => one !== undefined));
    return way?.candidates;
  }

  const where = (table: ResourceTable, filters: readonly Filter<string>[]) =>
    compileFilters(filters, fieldsOf[table], scope);

  function ownWay(table: ResourceTable, parts: readonly Filter<string>[]): Way | undefined {
    const fields = fieldsOf[table];
    const indexed = parts.filter((part) => isOwn(part, fields) && isIndexed(part, fields, table));
    if (indexed.length === 0) return undefined;
    const begin = sql<{ n: number }>`select n from ${sql.table(table)} where ${where(table, indexed)}`;
    const matches = where(table, parts);
    const candidates: Candidates = (column) =>
      sql`select ${sql.ref(`${table}.${column}`)} as n from ${sql.table(table)} where ${matches}`;
    return { begin, candidates };
  }

  /** In this order on either engine: the second table is looked up by its key. */
  async function wayFrom(
    other: Filter<string>,
    table: ResourceTable,
    parts: readonly Filter<string>[],
  ): Promise<Way | undefined> {
    const begin = await findNumbers(table, other);
    if (!begin) return undefined;
    const rest = parts.filter((part) => part !== other);
    const matches = where(table, rest);
    const candidates: Candidates = (column) =>
      column === 'n' && rest.length === 0
        ? begin
        : sql`select ${sql.ref(`${table}.${column}`)} as n from (${begin}) as d
            cross join ${sql.table(table)} where ${sql.ref(`${table}.n`)} = d.n and ${matches}`;
    return { begin, candidates };
  }

  async function findShortest(ways: readonly Way[]): Promise<Way | undefined> {
    if (ways.length < 2) return ways[0];
    let best: { way: Way; length: number } | undefined;
    for (const way of ways) {
      const length = await countUpTo(db, way.begin, Math.min(best?.length ?? longest, longest));
      if (!best || length < best.length) best = { way, length };
      if (length <= short) break;
    }
    return best?.way;
  }

  async function findNumbers(table: ResourceTable, filter: Filter<string>): Promise<Numbers | undefined> {
    if ('link' in filter) return findLinked(filter);
    if ('noneOf' in filter) return undefined;
    if ('allOf' in filter) return (await find(table, filter.allOf))?.('n');
    if ('anyOf' in filter) return unite(await Promise.all(filter.anyOf.map((part) => findAny(table, part))));
    const definition = fieldsOf[table][filter.field];
    return definition && findByField(table, filter, definition);
  }

  const findAny = async (table: ResourceTable, filter: Filter<string>) =>
    (await find(table, [filter]))?.('n');

  function findByField(
    table: ResourceTable,
    condition: Condition<string>,
    definition: FieldDefinition,
  ): Numbers | undefined {
    if (!('anyOf' in definition)) return compileNumbers(condition, definition, scope);
    return unite(definition.anyOf.map((part) => findByField(table, condition, part)));
  }

  async function findLinked({ link, where: filters }: LinkFilter): Promise<Numbers | undefined> {
    switch (link) {
      case 'practitionerRoles':
        return (await find('practitioner_role', filters))?.('practitioner');
      case 'organizationRoles':
        return withoutNull((await find('practitioner_role', filters))?.('organization'));
      case 'rolePractitioner':
        return rolesOf('practitioner', (await find('practitioner', filters))?.('n'));
      case 'roleOrganization':
        return rolesOf('organization', (await find('organization', filters))?.('n'));
    }
  }

  return find;
}

/** How many there are, each once; `atMost` if there are more. */
export async function countUpTo(
  db: Kysely<GenerationTables>,
  numbers: Numbers,
  atMost: number | undefined,
): Promise<number> {
  const limit = atMost === undefined ? sql`` : sql`limit ${atMost}`;
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from (select distinct n from (${numbers}) as found ${limit}) as counted`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** All that must hold, each by itself. */
function unfold(filter: Filter<string>): Filter<string>[] {
  if ('allOf' in filter) return filter.allOf.flatMap(unfold);
  const [only, ...more] = 'anyOf' in filter ? filter.anyOf : [];
  return only && more.length === 0 ? unfold(only) : [filter];
}

function unite(all: readonly (Numbers | undefined)[]): Numbers | undefined {
  const known = all.filter((numbers) => numbers !== undefined);
  if (known.length < all.length || known.length === 0) return undefined;
  return sql`${sql.join(
    known.map((numbers) => sql`select n from (${numbers}) as one`),
    sql.raw(' union all '),
  )}`;
}

const withoutNull = (numbers: Numbers | undefined): Numbers | undefined =>
  numbers && sql`select n from (${numbers}) as every where n is not null`;

const rolesOf = (column: 'practitioner' | 'organization', numbers: Numbers | undefined) =>
  numbers &&
  sql<{ n: number }>`select practitioner_role.n as n from (${numbers}) as t
    cross join practitioner_role where ${sql.ref(`practitioner_role.${column}`)} = t.n`;

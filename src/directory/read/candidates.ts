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
type Candidates = (column: string) => Numbers;

/** One way to the candidates, and what it begins with, by an index. */
interface Way {
  begin: Beginning;
  candidates: Candidates;
}

interface Beginning {
  rows: Numbers;
  /** How many resources one row leads to. */
  each: number;
}

type Found = { begin: Beginning; numbers: Numbers } | undefined;

type Fields = Readonly<Record<string, FieldDefinition>>;

const fieldsOf: Record<ResourceTable, Fields> = {
  practitioner: practitionerFields,
  practitioner_role: roleFields,
  organization: organizationFields,
};

/** A beginning is counted as far as this. */
const longest = 50_000;
/** One as short as this is taken at once. */
const short = 500;
/** Of the national directory. */
const rolesOfPlace = 8;

/**
 * Finds the way that begins with the fewest: no planner knows how many have one code or bear one name, so that they
 * are counted where there is a choice. Answers the numbers of what the filters are true of, some maybe twice;
 * `undefined` where no index helps.
 */
export function createCandidateFinder(db: Kysely<GenerationTables>, scope: Scope) {
  async function find(table: ResourceTable, filters: readonly Filter<string>[]): Promise<Way | undefined> {
    const parts = filters.flatMap(unfold);
    const others = parts.filter((part) => !isOwn(part, fieldsOf[table]));
    const ways = await Promise.all(others.map((other) => wayFrom(other, table, parts)));
    return findShortest([ownWay(table, parts), ...ways].filter((one) => one !== undefined));
  }

  const where = (table: ResourceTable, filters: readonly Filter<string>[]) =>
    compileFilters(filters, fieldsOf[table], scope);

  function ownWay(table: ResourceTable, parts: readonly Filter<string>[]): Way | undefined {
    const fields = fieldsOf[table];
    const indexed = parts.filter((part) => isOwn(part, fields) && isIndexed(part, fields, table));
    if (indexed.length === 0) return undefined;
    const rows = sql<{ n: number }>`select n from ${sql.table(table)} where ${where(table, indexed)}`;
    const matches = where(table, parts);
    const candidates: Candidates = (column) =>
      sql`select ${sql.ref(`${table}.${column}`)} as n from ${sql.table(table)} where ${matches}`;
    return { begin: { rows, each: 1 }, candidates };
  }

  /** In this order on either engine: the second table is looked up by its key. */
  async function wayFrom(
    other: Filter<string>,
    table: ResourceTable,
    parts: readonly Filter<string>[],
  ): Promise<Way | undefined> {
    const found = await findNumbers(table, other);
    if (!found) return undefined;
    const { begin, numbers } = found;
    const rest = parts.filter((part) => part !== other);
    const matches = where(table, rest);
    const candidates: Candidates = (column) =>
      column === 'n' && rest.length === 0
        ? numbers
        : sql`select ${sql.ref(`${table}.${column}`)} as n from (${numbers}) as d
            cross join ${sql.table(table)} where ${sql.ref(`${table}.n`)} = d.n and ${matches}`;
    return { begin, candidates };
  }

  async function findShortest(ways: readonly Way[]): Promise<Way | undefined> {
    if (ways.length < 2) return ways[0];
    let best: { way: Way; length: number } | undefined;
    for (const way of ways) {
      const length = await measure(way, best?.length ?? longest);
      if (!best || length < best.length) best = { way, length };
      if (length <= short) break;
    }
    return best?.way;
  }

  async function measure({ begin }: Way, atMost: number): Promise<number> {
    const { rows } = await sql<{ length: number }>`select count(*) as length
      from (select 1 as one from (${begin.rows}) as every limit ${Math.ceil(atMost / begin.each)}) as counted`.execute(
      db,
    );
    return Number(rows[0]?.length ?? 0) * begin.each;
  }

  async function findNumbers(table: ResourceTable, filter: Filter<string>): Promise<Found> {
    if ('link' in filter) return findLinked(filter);
    if ('noneOf' in filter) return undefined;
    if ('allOf' in filter) return numbersOf(await find(table, filter.allOf), 'n');
    if ('anyOf' in filter)
      return unite(await Promise.all(filter.anyOf.map((part) => findAlone(table, part))));
    const definition = fieldsOf[table][filter.field];
    return definition && findByField(filter, definition);
  }

  const findAlone = async (table: ResourceTable, filter: Filter<string>) =>
    numbersOf(await find(table, [filter]), 'n');

  function findByField(condition: Condition<string>, definition: FieldDefinition): Found {
    if ('anyOf' in definition) return unite(definition.anyOf.map((part) => findByField(condition, part)));
    const numbers = compileNumbers(condition, definition, scope);
    return numbers && { begin: { rows: numbers, each: 1 }, numbers };
  }

  async function findLinked({ link, where: filters }: LinkFilter): Promise<Found> {
    switch (link) {
      case 'practitionerRoles':
        return numbersOf(await find('practitioner_role', filters), 'practitioner');
      case 'organizationRoles':
        return withoutNull(numbersOf(await find('practitioner_role', filters), 'organization'));
      case 'rolePractitioner':
        return rolesOf('practitioner', numbersOf(await find('practitioner', filters), 'n'));
      case 'roleOrganization':
        return rolesOf('organization', numbersOf(await find('organization', filters), 'n'));
    }
  }

  return async (table: ResourceTable, filters: readonly Filter<string>[]): Promise<Numbers | undefined> =>
    (await find(table, filters))?.candidates('n');
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

const numbersOf = (way: Way | undefined, column: string): Found =>
  way && { begin: way.begin, numbers: way.candidates(column) };

function unite(all: readonly Found[]): Found {
  const known = all.filter((found) => found !== undefined);
  if (known.length < all.length || known.length === 0) return undefined;
  return {
    begin: { rows: uniteNumbers(known.map(({ begin }) => begin.rows)), each: 1 },
    numbers: uniteNumbers(known.map(({ numbers }) => numbers)),
  };
}

const uniteNumbers = (all: readonly Numbers[]): Numbers =>
  sql`${sql.join(
    all.map((numbers) => sql`select n from (${numbers}) as one`),
    sql.raw(' union all '),
  )}`;

const withoutNull = (found: Found): Found =>
  found && { ...found, numbers: sql`select n from (${found.numbers}) as every where n is not null` };

const rolesOf = (column: 'practitioner' | 'organization', found: Found): Found =>
  found && {
    begin: column === 'organization' ? { ...found.begin, each: rolesOfPlace } : found.begin,
    numbers: sql`select practitioner_role.n as n from (${found.numbers}) as t
      cross join practitioner_role where ${sql.ref(`practitioner_role.${column}`)} = t.n`,
  };

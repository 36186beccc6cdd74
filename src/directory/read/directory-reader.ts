import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely';
import type { DirectoryReader, Filter, Search } from '../directory-store.ts';
import type { GenerationTables } from '../generation/tables.ts';
import { parseId } from '../technical-id.ts';
import { countUpTo, createCandidateFinder, type ResourceTable } from './candidates.ts';
import { compileFilters, type FieldDefinition, type Numbers, type Scope } from './compile-filter.ts';
import { compileLink } from './compile-link.ts';
import { compileOrder } from './compile-order.ts';
import { organizationFields, practitionerFields, roleFields } from './fields.ts';
import { loadKinds } from './kinds.ts';
import { loadLabels } from './labels.ts';
import { createOrganizationCompleter } from './map-organization.ts';
import { createPractitionerCompleter } from './map-practitioner.ts';
import { createRoleCompleter } from './map-role.ts';
import { createMemo } from './memo.ts';
import { createPastVersions } from './past-versions.ts';
import { createPersonReader } from './person-reader.ts';
import { findSimilarNames } from './similar-names.ts';
import { findSimilarTowns } from './similar-towns.ts';

/** The read face of one generation. */
export async function createDirectoryReader(
  db: Kysely<GenerationTables>,
  { generation, asOf }: { generation: number; asOf: number | null },
): Promise<DirectoryReader> {
  const { labelOf, listLabels } = await loadLabels(db);
  const scope: Scope = { findKinds: await loadKinds(db), compileLink };
  const practitioners = createTableReader(db, 'practitioner', practitionerFields, scope);
  const roles = createTableReader(db, 'practitioner_role', roleFields, scope);
  const organizations = createTableReader(db, 'organization', organizationFields, scope);
  const completePractitioners = createPractitionerCompleter(db, labelOf);
  const completeRoles = createRoleCompleter(db, labelOf);
  const completeOrganizations = createOrganizationCompleter(db, labelOf);
  const person = createPersonReader(db, { completePractitioners, completeRoles, completeOrganizations });
  return {
    ...person,
    generation,
    asOf,
    searchPractitioners: async (search) => completePractitioners(await practitioners.search(search)),
    countPractitioners: practitioners.count,
    searchRoles: async (search) => completeRoles(await roles.search(search)),
    countRoles: roles.count,
    searchOrganizations: async (search) => completeOrganizations(await organizations.search(search)),
    countOrganizations: organizations.count,
    listPastVersions: createPastVersions(db),
    findSimilarNames: (familyName) => findSimilarNames(db, familyName),
    findSimilarTowns: (town) => findSimilarTowns(db, town),
    listProfessions: () => listLabels('profession'),
  };
}

/** As many as these are read in a way of their own; more are met often enough on the way through the table. */
const few = 10_000;

function createTableReader<Table extends ResourceTable, Field extends string>(
  db: Kysely<GenerationTables>,
  table: Table,
  fields: Record<Field, FieldDefinition>,
  scope: Scope,
) {
  const source = sql.table(table);
  const findCandidates = createCandidateFinder(db, scope);
  const counted = createMemo<{ found: Numbers | undefined; count: number }>();

  /** How many match, up to one more than `few`; of all where no index leads to them. */
  const survey = (where: readonly Filter<Field>[]) =>
    counted(JSON.stringify(where), async () => {
      const found = await findCandidates(table, where);
      return { found, count: found ? await countUpTo(db, found, few + 1) : Number.POSITIVE_INFINITY };
    });

  /** What a page is picked from. */
  async function findMatches(
    where: readonly Filter<Field>[],
    inOwnOrder: boolean,
  ): Promise<RawBuilder<unknown>> {
    if (where.every(isById)) return sql`${source} where ${compileFilters(where, fields, scope)}`;
    const { found, count } = await survey(where);
    if (found && count <= few) return sql`${source} where n in (${found})`;
    // The way through the table is in its order: no index must lead SQLite off it.
    const direct = inOwnOrder && isSqlite(db) ? sql`not indexed` : sql``;
    return sql`${source} ${direct} where ${compileFilters(where, fields, scope)}`;
  }

  return {
    /** Keyset paging; backwards the nearest come first and are turned round. */
    async search({
      where,
      order = [],
      afterId,
      beforeId,
      limit,
    }: Search<Field>): Promise<GenerationTables[Table][]> {
      const { keys, beyond } = compileOrder(order, fields, { source, backwards: beforeId !== undefined });
      const besideId = beforeId ?? afterId;
      const rest = besideId ? sql`and ${beyond(parseId(table, besideId))}` : sql``;
      const { rows } = await sql<GenerationTables[Table]>`
        select * from ${await findMatches(where, order.length === 0)} ${rest}
        order by ${keys} limit ${limit}`.execute(db);
      return beforeId ? rows.toReversed() : rows;
    },
    async count(where: readonly Filter<Field>[], atMost?: number): Promise<number> {
      const { found, count } = await survey(where);
      if (found && (count <= few || (atMost ?? count + 1) <= count)) return Math.min(count, atMost ?? count);
      const matching = sql<{
        n: number;
      }>`select n from ${source} where ${compileFilters(where, fields, scope)}`;
      return countUpTo(db, found ?? matching, atMost);
    },
  };
}

/** Few by nature. */
const isById = (filter: Filter<string>): boolean =>
  'field' in filter && filter.field === 'id' && filter.match === 'equals';

const isSqlite = (db: Kysely<GenerationTables>): boolean => db.getExecutor().adapter instanceof SqliteAdapter;

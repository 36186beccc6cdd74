import { type Kysely, sql } from 'kysely';
import type { DirectoryReader, Filter, Search } from '../directory-store.ts';
import type { GenerationTables } from '../generation/tables.ts';
import { parseId } from '../technical-id.ts';
import { compileFilters, type FieldDefinition } from './compile-filter.ts';
import { compileLink } from './compile-link.ts';
import { compileOrder } from './compile-order.ts';
import { organizationFields, practitionerFields, roleFields } from './fields.ts';
import { loadLabels } from './labels.ts';
import { createOrganizationCompleter } from './map-organization.ts';
import { createPractitionerCompleter } from './map-practitioner.ts';
import { createRoleCompleter } from './map-role.ts';
import { createPersonReader } from './person-reader.ts';
import { findSimilarNames } from './similar-names.ts';

type ResourceTable = 'practitioner' | 'practitioner_role' | 'organization';

/** The read face of one generation. */
export async function createDirectoryReader(
  db: Kysely<GenerationTables>,
  { generation, asOf }: { generation: number; asOf: number | null },
): Promise<DirectoryReader> {
  const { labelOf, listLabels } = await loadLabels(db);
  const practitioners = createTableReader(db, 'practitioner', practitionerFields);
  const roles = createTableReader(db, 'practitioner_role', roleFields);
  const organizations = createTableReader(db, 'organization', organizationFields);
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
    findSimilarNames: (familyName) => findSimilarNames(db, familyName),
    listProfessions: () => listLabels('profession'),
  };
}

function createTableReader<Table extends ResourceTable, Field extends string>(
  db: Kysely<GenerationTables>,
  table: Table,
  fields: Record<Field, FieldDefinition>,
) {
  const source = sql.table(table);
  return {
    /** Keyset paging; backwards the nearest come first and are turned round. */
    async search({
      where,
      order,
      afterId,
      beforeId,
      limit,
    }: Search<Field>): Promise<GenerationTables[Table][]> {
      const matches = compileFilters(where, fields, compileLink);
      const { keys, beyond } = compileOrder(order ?? [], fields, {
        source,
        backwards: beforeId !== undefined,
      });
      const besideId = beforeId ?? afterId;
      const rest = besideId ? sql`and ${beyond(parseId(table, besideId))}` : sql``;
      const { rows } = await sql<GenerationTables[Table]>`
        select * from ${source} where ${matches} ${rest} order by ${keys} limit ${limit}`.execute(db);
      return beforeId ? rows.toReversed() : rows;
    },
    async count(where: readonly Filter<Field>[], atMost?: number): Promise<number> {
      const condition = compileFilters(where, fields, compileLink);
      const limit = atMost === undefined ? sql`` : sql`limit ${atMost}`;
      const { rows } = await sql<{ count: number }>`select count(*) as count
        from (select 1 as one from ${source} where ${condition} ${limit}) as found`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },
  };
}
